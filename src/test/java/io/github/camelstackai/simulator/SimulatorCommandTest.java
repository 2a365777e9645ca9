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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.JavaProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator as a process of its own: its options, and what it prints when it cannot start. */
@Timeout(60)
class SimulatorCommandTest {
    @TempDir
    private Path folder;

    private static String answer(String baseUrl, String flow) {
        return RecordingTestClient.send(baseUrl + "/inference/v0/run/sim-org/" + flow, "sim-key", "{\"in-0\":\"fire\"}")
                .join()
                .body();
    }

    /** Runs the command in this process and sends two requests to it. */
    private static List<String> answers(String... arguments) {
        try (StackAiSimulator simulator = new SimulatorOptions(arguments).start()) {
            return List.of(answer(simulator.baseUrl(), "triage"), answer(simulator.baseUrl(), "other"));
        }
    }

    @Test
    void flowsAnswerWhatTheCommandSays() {
        List<String> answers = answers("--port", "0", "--flow", "triage=Urgent: {in-0}=yes", "--flow=x=y");
        assertThat(answers.get(0)).contains("\"Urgent: fire=yes\"");
        assertThat(answers.get(1)).contains("Answer to: fire");
    }

    @Test
    void callsAreRecordedAndReplayed() {
        String file = folder.resolve("calls.json").toString();
        List<String> recorded;
        try (StackAiSimulator service = StackAiSimulator.start()) {
            recorded = answers("--record", file, "--to", service.baseUrl() + "/");
            assertThat(service.requestCount()).isEqualTo(2);
        }
        assertThat(answers("--replay", file)).isEqualTo(recorded);
        assertThat(answers("--replay=" + file, "--ignore=in-0", "--with-times")).isEqualTo(recorded);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --prot 1                      | Unknown option --prot; the options are [--answer-after-ms
            --masked=yes                  | Option --masked takes no value
            --port                        | Option --port has no value
            --port x                      | --port is not a number: x
            --flow triage                 | --flow is FLOW=ANSWER, not triage
            --record a --replay b         | Only one of --record and --replay
            --to http://localhost         | --to is possible only with --record
            --masked --replay a           | --masked is possible only with --record
            --with-times --record a       | --with-times is possible only with --replay
            --ignore=a                    | --ignore is possible only with --replay
            --fail-every=3                | --fail-every is possible only with --fail
            --replay a --flow b=c         | --flow is not possible with --record or --replay
            --record a --flow b=c         | --flow is not possible with --record or --replay
            --replay a --answer-after-ms 1 | --answer-after-ms is not possible with
            --record a --chunk-every-ms 1 | --chunk-every-ms is not possible with
            --record a --to ftp://host    | The address of the service is not http or https, or contains a user name
            --replay missing.json         | There is no recording missing.json
            """)
    void impossibleOptionIsNamed(String arguments, String message) {
        assertThatThrownBy(() ->
                        new SimulatorOptions(arguments.split(" ", -1)).start().close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--api-kye=s3cr^et",
                "--api-key= s3cr^et",
                "s3cr^et",
                "--masked=s3cr^et",
                "--record a --to https://ada:s3cr^et@host",
                "--record a --to https://ada:s3cr-s3cr^et@host",
                "--record a --to https://host/?key=s3cr^et",
                "--record a --to https://host/#s3cr^et",
                "--record a --to s3cr^et",
                "--record a --to=https://host/s3cr^et"
            })
    void messageShowsNoCredential(String arguments) {
        assertThatThrownBy(() ->
                        new SimulatorOptions(arguments.split(" ", -1)).start().close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr")
                .hasNoCause();
    }

    @Test
    void addressOfTheEnvironmentCountsOnlyForARecording() throws Exception {
        assertThat(failure("--record=" + folder.resolve("a.json")))
                .startsWith("Not started: The address of the service is not http or https")
                .doesNotContain("s3cr");
        assertThat(failure("--replay=missing.json")).startsWith("Not started: There is no recording missing.json");
    }

    @Test
    void processThatCannotStartSaysWhyInOneLine() throws Exception {
        try (StackAiSimulator simulator = StackAiSimulator.start()) {
            assertThat(failure("--port", String.valueOf(simulator.port())))
                    .startsWith("Not started: Cannot listen on port " + simulator.port() + ": ")
                    .contains("--port=0");
        }
        assertThat(failure("--prot=1")).startsWith("Not started: Unknown option --prot; ");
    }

    private static String failure(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder =
                JavaProcess.of(List.of(), SimulatorMain.class, arguments).redirectErrorStream(true);
        builder.environment().put("STACKAI_BASE_URL", "https://ada:s3cr^et@host");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(printed.lines()).hasSize(1);
        return printed;
    }

    @Test
    void processInBackgroundNeedsNoStandardInput() throws Exception {
        Process process = JavaProcess.of(List.of(), SimulatorMain.class, "--background", "--flow", "triage=Urgent")
                .redirectInput(new File("/dev/null"))
                .start();
        try (BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(answer(printed.readLine(), "triage")).contains("Urgent");
            assertThat(process.waitFor(300, TimeUnit.MILLISECONDS)).as("ended").isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
