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
package io.github.camelstackai.examples.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LauncherTest {
    /** The launched application: prints the account that it got, and exits with 7. */
    static final class Application {
        public static void main(String[] arguments) {
            System.out.println("flow " + System.getenv("STACKAI_FLOW_ID") + " at " + System.getenv("STACKAI_BASE_URL"));
            System.exit(7);
        }
    }

    private record Ended(int code, String output) {}

    @Test
    void applicationCallsASimulatorWithoutAnAccount() throws Exception {
        Ended ended = launch(Map.of());
        assertThat(ended.output())
                .contains("No account")
                .containsPattern("flow support at http://127\\.0\\.0\\.1:\\d+");
        assertThat(ended.code()).isEqualTo(7);
    }

    @Test
    void applicationCallsTheAccountOfTheEnvironment() throws Exception {
        Ended ended = launch(
                Map.of("STACKAI_API_KEY", "k", "STACKAI_ORG_ID", "o", "STACKAI_FLOW_ID", "f", "STACKAI_BASE_URL", "b"));
        assertThat(ended.output().lines()).containsExactly("Calling flow f of organisation o at b.", "flow f at b");
        assertThat(ended.code()).isEqualTo(7);
    }

    @Test
    void incompleteAccountIsReportedAndNothingStarts() throws Exception {
        Ended ended = launch(Map.of("STACKAI_API_KEY", "k"));
        assertThat(ended.output())
                .contains("STACKAI_ORG_ID and STACKAI_FLOW_ID")
                .doesNotContain("flow ");
        assertThat(ended.code()).isEqualTo(2);
    }

    private static Ended launch(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Launcher.class.getName(),
                        Application.class.getName())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("STACKAI_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
