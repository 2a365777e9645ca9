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
package io.github.camelstackai.simulator;

import io.github.camelstackai.simulator.TestClient.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service, and simulators that record it or replay the recording. */
@Timeout(30)
abstract class RecordingTest {
    static final Duration PAUSE = Duration.ofMillis(120);
    static final String FRAME = "{\"outputs\":{\"out-0\":\"one\"},\"run_id\":\"r1\"}\n";

    final StackAiSimulator service = StackAiSimulator.builder()
            .apiKey("account-key")
            .orgId("account-org")
            .start();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        service.close();
    }

    StackAiRecording recording() {
        return StackAiRecording.at(folder.resolve("calls.json")).from(service.baseUrl(), "account-key", "account-org");
    }

    StackAiSimulator recorder(StackAiRecording recording) {
        StackAiSimulator simulator = StackAiSimulator.start();
        simulator.record(recording);
        return simulator;
    }

    StackAiSimulator player(StackAiRecording recording) {
        StackAiSimulator simulator = StackAiSimulator.start();
        simulator.replay(recording);
        return simulator;
    }

    List<RecordedCall> calls() {
        Path file = folder.resolve("calls.json");
        return Files.exists(file) ? RecordingFile.read(file).calls() : List.of();
    }

    static Received call(StackAiSimulator simulator, String path) throws IOException {
        try (TestClient client = new TestClient(simulator)) {
            return client.post(path, "Connection: close\r\n").receive();
        }
    }

    static String body(Received received) {
        int end = received.text().indexOf("\r\n\r\n");
        return end < 0 ? "" : received.text().substring(end + 4);
    }
}
