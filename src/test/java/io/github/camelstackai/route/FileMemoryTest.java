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

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.JavaProcess;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that is larger than the heap, up and down. With {@code -Dfile.mebibytes=1024} it has one gigabyte, of which the heap holds
 * a small part.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileMemoryTest {
    private static final int PIECE = 64 * 1024;
    private static final long LENGTH = Long.getLong("file.mebibytes", 160) << 20;

    @TempDir
    Path folder;

    private String transfer(StackAiSimulator stackAi, String... file) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(stackAi.baseUrl()));
        arguments.addAll(List.of(file));
        long begin = System.nanoTime();
        Process process = JavaProcess.of(
                        List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError", "-Djava.io.tmpdir=" + folder),
                        FileTransfer.class,
                        arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            System.out.printf(
                    "%d bytes with -Xmx96m: exit %d, %s: %s%n",
                    LENGTH, process.waitFor(), Duration.ofNanos(System.nanoTime() - begin), output);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void fileIsUploadedWithoutBeingHeld() throws Exception {
        Path file = folder.resolve("large.bin");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(LENGTH);
        }
        try (StackAiSimulator stackAi = StackAiSimulator.start()) {
            stackAi.enqueue(Reply.json("{\"name\":\"large.bin\"}"));
            assertThat(transfer(stackAi, file.toString()))
                    .contains("{name=large.bin}")
                    .contains("left: []");
            RecordedRequest request = stackAi.takeRequest(Duration.ofSeconds(1));
            assertThat(request.bodyLength()).isGreaterThan(LENGTH);
            assertThat(request.header("Content-Length")).isEqualTo(Long.toString(request.bodyLength()));
            assertThat(request.bodyChecksum()).isEqualTo(checksum(request));
        }
    }

    /** Of the form that the request begins: its head, zeros, and its tail. */
    private static long checksum(RecordedRequest request) {
        String head = new String(request.body(), 0, 1024, US_ASCII);
        head = head.substring(0, head.indexOf("\r\n\r\n") + 4);
        String boundary = head.substring(0, head.indexOf("\r\n"));
        CRC32 checksum = new CRC32();
        checksum.update(head.getBytes(US_ASCII));
        zeros(checksum);
        checksum.update(("\r\n" + boundary + "--\r\n").getBytes(US_ASCII));
        return checksum.getValue();
    }

    private static void zeros(CRC32 checksum) {
        byte[] piece = new byte[PIECE];
        for (long i = 0; i < LENGTH / PIECE; i++) {
            checksum.update(piece);
        }
    }

    @Test
    void fileIsDownloadedWithoutBeingHeldAndItsCopyIsDeleted() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        try (StackAiSimulator stackAi = StackAiSimulator.start()) {
            stackAi.enqueue(Reply.streaming(() -> sent.getAndIncrement() < LENGTH / PIECE ? new byte[PIECE] : null));
            CRC32 checksum = new CRC32();
            zeros(checksum);
            assertThat(transfer(stackAi))
                    .contains("length " + LENGTH + ", checksum " + checksum.getValue())
                    .contains("left: []");
        }
    }
}
