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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileDefaultBinding;
import org.apache.camel.converter.stream.ByteArrayInputStreamCache;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileReaderTest {
    private static final byte[] BYTES = "the whole content".getBytes(StandardCharsets.UTF_8);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);
    private final FileReader reader = new FileReader("a.txt");

    @TempDir
    Path spool;

    @BeforeEach
    void spool() {
        context.getStreamCachingStrategy().setSpoolDirectory(spool.toFile());
    }

    @AfterEach
    void close() throws IOException {
        context.close();
    }

    static Stream<InputStream> caches() {
        return Stream.of(new InputStreamCache(BYTES), new ByteArrayInputStreamCache(new ByteArrayInputStream(BYTES)));
    }

    @ParameterizedTest
    @MethodSource("caches")
    void streamCacheIsReadFromItsStart(InputStream cache) throws Exception {
        assertThat(cache.read()).isEqualTo('t');
        exchange.getMessage().setBody(cache);
        FileContent file = reader.read(exchange);
        assertThat(file.length()).isEqualTo(BYTES.length);
        for (int i = 0; i < 2; i++) {
            try (InputStream content = file.source().open()) {
                assertThat(content.readAllBytes()).isEqualTo(BYTES);
            }
        }
    }

    /** As remote components make it: content in memory, as a stream, in a local work file, or fetched when it is read. */
    private static GenericFile<String> remote(Object content) {
        GenericFile<String> file = new GenericFile<>();
        file.setFile("of the server");
        file.setBinding(new GenericFileDefaultBinding<>());
        file.setBody(content);
        return file;
    }

    private Stream<Object> contents() throws IOException {
        Path workFile = Files.write(spool.resolve("work.bin"), BYTES);
        return Stream.of(BYTES, new ByteArrayInputStream(BYTES), workFile.toFile(), workFile, ByteBuffer.wrap(BYTES));
    }

    @Test
    void remoteFileIsReadWhateverHoldsItsContent() throws Exception {
        for (Object content : contents().toList()) {
            exchange.getMessage().setBody(remote(content));
            FileContent file = reader.read(exchange);
            assertThat(file.length()).as(content.getClass().getName()).isEqualTo(BYTES.length);
            for (int i = 0; i < 2; i++) {
                try (InputStream opened = file.source().open()) {
                    assertThat(opened.readAllBytes())
                            .as(content.getClass().getName())
                            .isEqualTo(BYTES);
                }
            }
        }
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IOException("gone"), new IllegalStateException("gone"), new StackOverflowError("gone"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void streamThatBreaksOffLeavesNoFileAndFailsAgain(Throwable failure) {
        InputStream begun = new ByteArrayInputStream(new byte[300_000]); // more than is kept in memory
        exchange.getMessage().setBody(new SequenceInputStream(begun, new BrokenStream(failure)));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> reader.read(exchange)).hasMessageContaining("gone");
            assertThat(spool).isEmptyDirectory();
        }
    }

    /** Fails once, and looks like a shorter file then. */
    @SuppressWarnings("InputStreamSlowMultibyteRead") // fails at once
    private static final class BrokenStream extends InputStream {
        private final Throwable failure;
        private boolean failed;

        BrokenStream(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public int read() {
            if (!failed) {
                failed = true;
                BrokenStream.<RuntimeException>fail(failure);
            }
            return -1;
        }

        @SuppressWarnings("unchecked") // any failure is thrown
        private static <T extends Throwable> void fail(Throwable failure) throws T {
            throw (T) failure;
        }
    }
}
