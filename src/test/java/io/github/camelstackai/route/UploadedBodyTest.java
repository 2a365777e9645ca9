/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.camelstackai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.RecordedFile;
import io.github.camelstackai.simulator.Reply;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.converter.stream.ReaderCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an upload sends for each kind of body: the bytes as they are, once more after a failure. */
class UploadedBodyTest extends RouteTest {
    private static final String URI = "stackai:documents:f?node=doc-0&userId=u";
    private static final byte[] BYTES = bytes();

    @TempDir
    Path directory;

    /** No text in any charset, and longer than what Camel keeps in memory. */
    private static byte[] bytes() {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static InputStream stream() {
        return new ByteArrayInputStream(BYTES);
    }

    interface Body {
        Object create(Path file) throws Exception;
    }

    private static Arguments row(String name, Body body) {
        return Arguments.of(name, body);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                row("file", Path::toFile),
                row("path", file -> file),
                row("bytes", file -> BYTES),
                row("buffer", file -> ByteBuffer.wrap(BYTES)),
                row("stream", file -> stream()),
                row("stream of a file", Files::newInputStream),
                row("stream cache", file -> new InputStreamCache(BYTES)));
    }

    private void redeliverOnce(String uri) throws Exception {
        startRoutes(routes -> routes.from("direct:start")
                .streamCache("false")
                .errorHandler(
                        routes.defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(1))
                .to(uri));
    }

    private RecordedFile sent(int index) {
        return stackAi().requests().get(index).file();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void redeliverySendsTheFileAgainWhole(String name, Body body) throws Exception {
        Path file = Files.write(directory.resolve("a.bin"), BYTES);
        redeliverOnce(URI + "&fileName=a.bin");
        stackAi().enqueue(Reply.error(503, "later"));
        assertThat(send(body.create(file)).getException()).isNull();
        assertThat(sent(0).content()).isEqualTo(BYTES);
        assertThat(sent(1).content()).isEqualTo(BYTES);
        assertThat(stackAi().requests().get(1).header("Content-Length"))
                .isEqualTo(Long.toString(stackAi().requests().get(1).bodyLength()));
    }

    @Test
    void temporaryFilesEndWithTheExchange() throws Exception {
        context.getStreamCachingStrategy().setSpoolDirectory(directory.toFile());
        redeliverOnce(URI + "&fileName=a.bin");
        stackAi().enqueue(Reply.error(503, "later"));
        send(stream());
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(sent(1).content()).isEqualTo(BYTES);
    }

    /** The exchange of an enricher has no unit of work, and its completions are lost when it fails. */
    @ParameterizedTest
    @ValueSource(ints = {200, 413, 503})
    void temporaryFilesOfAnEnricherEndWithTheExchange(int status) throws Exception {
        context.getStreamCachingStrategy().setSpoolDirectory(directory.toFile());
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        startRoutes(routes -> {
            routes.from("direct:start").streamCache("false").enrich(URI + "&fileName=a.bin");
            routes.from("direct:cached").enrich(URI + "&fileName=a.bin");
        });
        for (String route : List.of("direct:start", "direct:cached")) {
            stackAi().enqueue(status == 200 ? Reply.json("{}") : Reply.error(status, "no"));
            Exchange exchange =
                    template.request(route, sent -> sent.getMessage().setBody(stream()));
            assertThat(exchange.getException() == null).isEqualTo(status == 200);
            assertThat(directory).isEmptyDirectory();
        }
        assertThat(List.of(sent(0).content(), sent(1).content())).containsOnly(BYTES);
    }

    @Test
    void textIsSentInTheCharsetOfTheExchange() throws Exception {
        startRoute(URI + "&fileName=a.txt");
        for (Object body : List.of("für", new StringReader("für"), new ReaderCache("für"))) {
            Exchange exchange = template.request("direct:start", e -> {
                e.getMessage().setBody(body);
                e.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
            });
            assertThat(exchange.getException()).isNull();
        }
        for (int i = 0; i < 3; i++) {
            assertThat(sent(i).content()).isEqualTo("für".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void emptyFileIsSent() throws Exception {
        startRoute(URI + "&fileName=a.txt");
        for (Object body : List.of("", new byte[0], InputStream.nullInputStream())) {
            assertThat(send(body).getException()).isNull();
        }
        assertThat(stackAi().requests()).allMatch(request -> request.file().size() == 0);
    }

    @Test
    void fileConsumerNamesTheFile() throws Exception {
        Files.createDirectories(directory.resolve("in/sub"));
        Files.writeString(directory.resolve("in/sub/Vertrag.pdf"), "x");
        startRoutes(routes -> routes.from("file:" + directory.resolve("in") + "?recursive=true&initialDelay=0&delay=20")
                .to(URI));
        org.awaitility.Awaitility.await()
                .until(() -> !stackAi().documents("f", "doc-0", "u").isEmpty());
        assertThat(sent(0).name()).isEqualTo("Vertrag.pdf");
        assertThat(sent(0).type()).isEqualTo("application/pdf");
    }

    @Test
    void fileNamesItself() throws Exception {
        Path file = Files.writeString(directory.resolve("own.csv"), "a,b");
        startRoute(URI);
        send(file);
        send(file.toFile());
        assertThat(List.of(sent(0).name(), sent(1).name())).containsOnly("own.csv");
        assertThat(sent(0).type()).isEqualTo("text/csv");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        a.pdf      | -                   | -              | application/pdf
        a.unknown  | -                   | -              | application/octet-stream
        a          | -                   | -              | application/octet-stream
        a.pdf      | -                   | text/x-special | text/x-special
        a.pdf      | image/png; q="1"    | text/plain     | image/png; q="1"
        """)
    void typeComesFromAHeaderOrTheName(String name, String fileType, String contentType, String expected)
            throws Exception {
        startRoute(URI + "&fileName=" + name);
        Map<String, Object> headers = new java.util.HashMap<>();
        headers.put(Exchange.FILE_CONTENT_TYPE, fileType);
        headers.put(Exchange.CONTENT_TYPE, contentType);
        send("x", headers);
        assertThat(sent(0).type()).isEqualTo(expected);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                row("is no media type", file -> Map.of(Exchange.FILE_CONTENT_TYPE, "text/plain\r\nX: y")),
                row("is no media type", file -> Map.of(Exchange.CONTENT_TYPE, "pdf")),
                row("is no media type", file -> Map.of(Exchange.CONTENT_TYPE, "text/plain\r\n\r\n;anything")),
                row("is no name of a file", file -> Map.of(Exchange.FILE_NAME, "a/..")),
                row("is no name of a file", file -> Map.of(Exchange.FILE_NAME, "sub/")),
                row("surrogate", file -> Map.of(Exchange.FILE_NAME, "a\uD800.txt")),
                row("CamelFileName", file -> Map.of(Exchange.FILE_NAME, List.of("a"))),
                row("CamelStackAiNode", file -> Map.of(StackAiConstants.NODE, "..")));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    @SuppressWarnings("unchecked") // the rows are maps
    void unusableHeaderIsRefusedByName(String reason, Body headers) throws Exception {
        startRoute(URI + "&fileName=a.txt");
        Exchange exchange = send("x", (Map<String, Object>) headers.create(null));
        assertThat(exchange.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // fails at once
    void fileThatCannotBeReadIsRefused() throws Exception {
        startRoute(URI + "&fileName=a.txt");
        for (File body : List.of(new File("/does/not/exist.pdf"), directory.toFile())) {
            assertThat(send(body).getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(body.toString(), "nothing was sent");
        }
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the source is gone");
            }
        };
        assertThat(send(broken).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the source is gone");
        assertThat(stackAi().requestCount()).isZero();
    }
}
