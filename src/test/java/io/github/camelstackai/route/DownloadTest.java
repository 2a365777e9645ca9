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

import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloaded files: whole or not at all, beyond the spool threshold on disk, and no file left. */
class DownloadTest extends RouteTest {
    private static final String URI = "stackai:documents:f?node=doc-0&userId=me&action=download";
    private static final int LARGE = 1 << 20;

    @TempDir
    Path spool;

    @BeforeEach
    void spool() {
        context.getStreamCachingStrategy().setSpoolDirectory(spool.toFile());
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }

    private Exchange download() {
        return send(null, Map.of(Exchange.FILE_NAME, "a.bin"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128 * 1024, 128 * 1024 + 1, LARGE})
    void contentIsTheBodyUntilTheExchangeIsDone(int length) throws Exception {
        byte[] content = bytes(length);
        boolean onDisk = length > 128 * 1024;
        component.getConfiguration().setMaxResponseSize(1000);
        startRoutes(routes -> routes.from("direct:start").to(URI).process(exchange -> {
            Message message = exchange.getMessage();
            assertThat(message.getBody()).isInstanceOf(StreamCache.class);
            assertThat(message.getBody(StreamCache.class).length()).isEqualTo(length);
            assertThat(message.getBody(byte[].class)).isEqualTo(content);
            assertThat(spool.toFile().list()).hasSize(onDisk ? 1 : 0);
            assertThat(message.getHeaders()).containsOnlyKeys(Exchange.FILE_NAME);
        }));
        stackAi().enqueue(Reply.bytes(content).contentType("application/pdf").header("X-Other", "y"));
        assertThat(download().getException()).isNull();
        assertThat(spool).isEmptyDirectory();
    }

    static Stream<Reply> brokenReplies() {
        Reply begun = Reply.chunks("x".repeat(LARGE));
        return Stream.of(
                begun.thenReset(),
                begun.thenClose(),
                begun.thenSilence(),
                Reply.bytes(bytes(LARGE)).closeAfter(LARGE / 2));
    }

    @ParameterizedTest
    @MethodSource("brokenReplies")
    void contentThatBreaksOffLeavesNoFile(Reply reply) throws Exception {
        component.getConfiguration().setStreamIdleTimeout(Duration.ofMillis(300));
        startRoute(URI);
        stackAi().enqueue(reply);
        assertThat(download().getException()).isInstanceOf(IOException.class);
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void callThatIsStoppedLeavesNoFile() throws Exception {
        startRoute(URI);
        stackAi().enqueue(Reply.chunks("x".repeat(LARGE)).thenSilence());
        CompletableFuture<Exchange> unused = template.asyncSend(
                "direct:start", exchange -> exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.bin"));
        eventually("a part is on disk", () -> assertThat(spool).isNotEmptyDirectory());
        component.stop();
        eventually("the file is deleted", () -> assertThat(spool).isEmptyDirectory());
    }

    @Test
    void refusalIsNoFile() throws Exception {
        startRoute(URI);
        stackAi().enqueue(Reply.error(404, "File not found"));
        assertThat(download().getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContaining("File not found");
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void copiesShareTheFileUntilTheLastIsDone() throws Exception {
        byte[] content = bytes(LARGE);
        startRoutes(routes -> {
            routes.from("direct:start")
                    .to(URI)
                    .multicast()
                    .to("direct:one", "direct:other")
                    .end()
                    .to("direct:one");
            routes.from("direct:one").process(DownloadTest::read);
            routes.from("direct:other").process(DownloadTest::read);
        });
        stackAi().enqueue(Reply.bytes(content));
        assertThat(download().getException()).isNull();
        assertThat(spool).isEmptyDirectory();
    }

    private static void read(Exchange exchange) {
        assertThat(exchange.getMessage().getBody(byte[].class)).hasSize(LARGE);
    }

    @Test
    void callerOutsideOfRoutesReadsTheFileAfterTheExchange() throws Exception {
        context.start();
        stackAi().enqueue(Reply.bytes(bytes(LARGE)));
        Exchange exchange = template.request(URI, sent -> sent.getMessage().setHeader(Exchange.FILE_NAME, "a.bin"));
        try (InputStream content = exchange.getMessage().getBody(InputStream.class)) {
            assertThat(content.readAllBytes()).isEqualTo(bytes(LARGE));
        }
        assertThat(spool).isEmptyDirectory();
    }

    /** The body of an enricher's exchange is that of a route. */
    @Test
    void enrichedContentRemainsOnDisk() throws Exception {
        startRoutes(routes -> routes.from("direct:start").enrich(URI).process(exchange -> {
            assertThat(exchange.getMessage().getBody()).isInstanceOf(StreamCache.class);
            assertThat(exchange.getMessage().getBody(StreamCache.class).inMemory())
                    .isFalse();
            read(exchange);
        }));
        stackAi().enqueue(Reply.bytes(bytes(LARGE)));
        assertThat(download().getException()).isNull();
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void callerOfARouteReadsWhatTheRouteHasConverted() throws Exception {
        startRoutes(routes -> {
            routes.from("direct:start").to(URI);
            routes.from("direct:bytes").to(URI).convertBodyTo(byte[].class);
        });
        stackAi().enqueue(Reply.bytes(bytes(LARGE)));
        InputStream deleted = download().getMessage().getBody(InputStream.class);
        assertThatThrownBy(deleted::readAllBytes).isInstanceOf(NoSuchFileException.class);
        stackAi().enqueue(Reply.bytes(bytes(LARGE)));
        assertThat(template.requestBodyAndHeader("direct:bytes", null, Exchange.FILE_NAME, "a.bin"))
                .isEqualTo(bytes(LARGE));
    }

    @Test
    void callerOutsideOfRoutesReadsEncryptedContent() throws Exception {
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        context.getStreamCachingStrategy().setSpoolCipher("AES/CTR/NoPadding");
        context.start();
        for (int length : new int[] {1, LARGE}) {
            stackAi().enqueue(Reply.bytes(bytes(length)));
            Exchange exchange = template.request(URI, sent -> sent.getMessage().setHeader(Exchange.FILE_NAME, "a.bin"));
            try (InputStream content = exchange.getMessage().getBody(InputStream.class)) {
                assertThat(content.readAllBytes()).isEqualTo(bytes(length));
            }
        }
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void spooledContentIsEncryptedWhereTheContextSaysSo() throws Exception {
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        context.getStreamCachingStrategy().setSpoolCipher("AES/CTR/NoPadding");
        byte[] content = bytes(LARGE);
        startRoutes(routes -> routes.from("direct:start").to(URI).process(exchange -> {
            assertThat(spool.toFile().listFiles())
                    .singleElement()
                    .satisfies(file -> assertThat(file).binaryContent().isNotEqualTo(content));
            assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(content);
        }));
        stackAi().enqueue(Reply.bytes(content));
        assertThat(download().getException()).isNull();
        assertThat(spool.toFile().list()).isNullOrEmpty();
    }
}
