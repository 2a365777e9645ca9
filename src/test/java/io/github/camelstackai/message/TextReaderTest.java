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
package io.github.camelstackai.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiChunk;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.transform.stream.StreamSource;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.StreamCache;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("InputStreamSlowMultibyteRead") // streams of a few bytes
class TextReaderTest {
    private static final String TEXT = "grün €";

    private static GenericFile<File> file(File file, Object content) {
        GenericFile<File> message = new GenericFile<>();
        message.setFile(file);
        message.setBody(content);
        return message;
    }

    private static byte[] bytes(Charset charset) {
        return TEXT.getBytes(charset);
    }

    private static String read(Object body) throws Exception {
        return TextReader.read(body, "The body", TestExchanges.withBody(body));
    }

    private static String read(Object body, String charset) throws Exception {
        Exchange exchange = TestExchanges.withBody(body);
        exchange.setProperty(Exchange.CHARSET_NAME, charset);
        return TextReader.read(body, "The body", exchange);
    }

    static Stream<Object> bodies() {
        byte[] utf8 = bytes(StandardCharsets.UTF_8);
        return Stream.of(
                TEXT,
                java.nio.CharBuffer.wrap(TEXT),
                TEXT.toCharArray(),
                new StringReader(TEXT),
                utf8,
                new ByteArrayInputStream(utf8),
                ByteBuffer.wrap(utf8),
                new InputStreamCache(utf8),
                file(null, utf8),
                file(null, TEXT),
                new StackAiChunk(TEXT, Map.of(), null, null, null, false, Map.of()));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void textIsRead(Object body) throws Exception {
        assertThat(TextReader.isText(body)).isTrue();
        assertThat(read(body)).isEqualTo(TEXT);
    }

    @Test
    void xmlIsText() throws Exception {
        StreamSource source = new StreamSource(new StringReader("<a/>"));
        assertThat(TextReader.isText(source)).isTrue();
        assertThat(read(source)).contains("<a/>");
    }

    @Test
    void fileIsRead(@TempDir Path folder) throws Exception {
        Path path = Files.write(folder.resolve("a.txt"), bytes(StandardCharsets.UTF_8));
        for (Object body : List.of(path, path.toFile(), file(path.toFile(), null))) {
            assertThat(TextReader.isText(body)).isTrue();
            assertThat(read(body)).isEqualTo(TEXT);
        }
    }

    @Test
    void otherValuesAreNoText() {
        for (Object body : List.of(1, true, 'c', List.of(), Map.of(), new Object())) {
            assertThat(TextReader.isText(body)).isFalse();
        }
        assertThat(TextReader.isText(null)).isFalse();
    }

    static Stream<Object> bodiesOfBytes() {
        byte[] bytes = bytes(Charset.forName("windows-1252"));
        return Stream.of(
                bytes,
                new ByteArrayInputStream(bytes),
                ByteBuffer.wrap(bytes),
                new InputStreamCache(bytes),
                file(null, bytes));
    }

    @ParameterizedTest
    @MethodSource("bodiesOfBytes")
    void bytesAreReadInTheCharsetOfTheExchange(Object body) throws Exception {
        assertThat(read(body, "windows-1252")).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @MethodSource("bodiesOfBytes")
    void bytesThatAreNoTextAreRefused(Object body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("UTF-8", Exchange.CHARSET_NAME, "Base64");
    }

    @Test
    void charsetThatIsNoneIsRefused() {
        assertThatThrownBy(() -> read(new byte[0], "no such charset"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Exchange.CHARSET_NAME);
    }

    @Test
    void byteOrderMarkIsNoText() throws Exception {
        assertThat(read(("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8))).isEqualTo(TEXT);
        assertThat(read("\uFEFF" + TEXT)).isEqualTo(TEXT);
        assertThat(read(TEXT + "\uFEFF")).isEqualTo(TEXT + "\uFEFF");
        assertThat(read("")).isEmpty();
    }

    @Test
    void streamThatCannotBeReadIsNoFailureOfTheCall() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk full");
            }
        };
        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("disk full", "nothing was sent");
    }

    @Test
    void fileThatCannotBeReadIsNamed() {
        File missing = new File("no such file");
        for (Object body : List.of(missing, missing.toPath(), file(missing, null))) {
            assertThatThrownBy(() -> read(body))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no such file");
        }
    }

    @Test
    void bodyThatCamelCannotConvertIsAnInvalidPayload() {
        StreamSource broken = new StreamSource(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk full");
            }
        });
        assertThatThrownBy(() -> read(broken)).isInstanceOf(InvalidPayloadException.class);
        assertThatThrownBy(() -> read(file(null, new Object()))).isInstanceOf(InvalidPayloadException.class);
    }

    @Test
    void charsetOfTheContentTypeCountsWhereTheExchangeNamesNone() throws Exception {
        byte[] bytes = bytes(Charset.forName("windows-1252"));
        Exchange exchange = TestExchanges.withHeader(Exchange.CONTENT_TYPE, "text/plain; Charset=\"windows-1252\"");
        assertThat(TextReader.read(bytes, "The body", exchange)).isEqualTo(TEXT);
        exchange.setProperty(Exchange.CHARSET_NAME, "UTF-8");
        assertThat(TextReader.read(bytes(StandardCharsets.UTF_8), "The body", exchange))
                .isEqualTo(TEXT);
    }

    static Stream<Object> bodiesThatCanBeReadOnce() {
        byte[] utf8 = bytes(StandardCharsets.UTF_8);
        return Stream.of(
                new ByteArrayInputStream(utf8), new StringReader(TEXT), file(null, new ByteArrayInputStream(utf8)));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatCanBeReadOnce")
    void bodyThatCanBeReadOnceHasTheSameTextInARedelivery(Object body) throws Exception {
        Exchange exchange = TestExchanges.withBody(body);
        assertThat(TextReader.read(body, "The body", exchange)).isEqualTo(TEXT);
        assertThat(TextReader.read(body, "The body", exchange)).isEqualTo(TEXT);
    }

    @Test
    void otherBodiesAreLeftToWhoeverReadsThemNext() throws Exception {
        byte[] utf8 = bytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.wrap(utf8).position(1);
        StreamCache cache = new InputStreamCache(utf8);
        for (int i = 0; i < 2; i++) {
            assertThat(read(buffer)).isEqualTo(TEXT.substring(1));
            assertThat(read(cache)).isEqualTo(TEXT);
        }
        assertThat(buffer.remaining()).isEqualTo(utf8.length - 1);
    }
}
