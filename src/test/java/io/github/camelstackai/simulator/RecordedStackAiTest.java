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
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Test classes with recordings, run by JUnit: first recorded, then replayed, each with what its author sees. */
@Timeout(60)
class RecordedStackAiTest {
    private static final StackAiSimulator SERVICE = StackAiSimulator.builder()
            .apiKey("account-key")
            .orgId("account-org")
            .start();

    // Written before each test, read by the test classes below.
    private static volatile String question;

    @TempDir
    private Path folder;

    @BeforeEach
    void useFolder() {
        System.setProperty("stackai.recordings", folder.toString());
        question = "fire";
        SERVICE.reset();
    }

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @AfterEach
    void forgetFolder() {
        System.clearProperty("stackai.recordings");
        System.clearProperty("stackai.record");
    }

    private static StackAiSimulatorExtension extension() {
        return new StackAiSimulatorExtension()
                .recorded(StackAiRecording.named("default").from(SERVICE.baseUrl(), "account-key", "account-org"));
    }

    private static void answerIsThatOfTheService(StackAiSimulator simulator, String flow) {
        HttpResponse<String> response = RecordingTestClient.send(
                        simulator, "run/sim-org/" + flow, Map.of("in-0", question))
                .join();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Answer to: fire");
    }

    @RecordedStackAi("of-class")
    static class Annotated {
        @RegisterExtension
        static final StackAiSimulatorExtension STACK_AI = extension();

        @Test
        void ofClass(StackAiSimulator simulator) {
            answerIsThatOfTheService(simulator, "a");
        }

        @Test
        void ofClassToo(StackAiSimulator simulator) {
            answerIsThatOfTheService(simulator, "b");
        }

        @Test
        @RecordedStackAi("of-method")
        void ofMethod(StackAiSimulator simulator) {
            answerIsThatOfTheService(simulator, "c");
        }

        @Nested
        class Inner {
            @Test
            void ofOuterClass(StackAiSimulator simulator) {
                answerIsThatOfTheService(simulator, "d");
            }
        }
    }

    static class WithoutAnnotation {
        @RegisterExtension
        final StackAiSimulatorExtension stackAi = extension();

        @Test
        void first() {
            answerIsThatOfTheService(stackAi.simulator(), "a");
        }

        @Test
        void second() {
            answerIsThatOfTheService(stackAi.simulator(), "b");
        }
    }

    static class MaskedByOne {
        @RegisterExtension
        static final StackAiSimulatorExtension STACK_AI = extension();

        @Test
        @RecordedStackAi("mixed")
        void plain(StackAiSimulator simulator) {
            answerIsThatOfTheService(simulator, "a");
        }

        @Test
        @RecordedStackAi(value = "mixed", masked = true)
        void masked(StackAiSimulator simulator) {
            answerIsThatOfTheService(simulator, "b");
        }
    }

    static class Unchecked {
        @RegisterExtension
        final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

        @Test
        @RecordedStackAi("of-method")
        void test() {
            RecordingTestClient.send(stackAi.simulator(), "run/sim-org/c", Map.of("in-0", question))
                    .join();
        }
    }

    static class WithoutAccount {
        @RegisterExtension
        final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

        @Test
        @RecordedStackAi("without-account")
        void test() {
            answerIsThatOfTheService(stackAi.simulator(), "a");
        }
    }

    /** Runs the tests of a class. Returns what each one failed with, by name; empty if it passed. */
    private static Map<String, String> execute(Class<?> tests, boolean record) {
        System.setProperty("stackai.record", Boolean.toString(record));
        Map<String, String> results = new TreeMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    String name = test.getDisplayName().replaceAll("\\(.*", "");
                                    results.put(
                                            name,
                                            result.getThrowable()
                                                    .map(Throwable::toString)
                                                    .orElse(""));
                                }
                            }
                        });
        return results;
    }

    private List<String> flowsIn(String recording) {
        return RecordingFile.read(folder.resolve(recording + ".json")).calls().stream()
                .map(call -> call.request().flow())
                .sorted()
                .toList();
    }

    @Test
    void annotatedTestsAreRecordedAndThenReplayed() {
        assertThat(execute(Annotated.class, true)).hasSize(4).allSatisfy((test, failure) -> assertThat(failure)
                .isEmpty());
        assertThat(flowsIn("of-class")).containsExactly("a", "b", "d");
        assertThat(flowsIn("of-method")).containsExactly("c");
        long calls = SERVICE.requestCount();
        assertThat(execute(Annotated.class, false)).hasSize(4).allSatisfy((test, failure) -> assertThat(failure)
                .isEmpty());
        assertThat(SERVICE.requestCount()).isEqualTo(calls);
    }

    @Test
    void testsWithoutAnnotationUseTheRecordingOfTheExtension() {
        assertThat(execute(WithoutAnnotation.class, true))
                .containsOnly(Map.entry("first", ""), Map.entry("second", ""));
        assertThat(flowsIn("default")).as("one file for all tests").containsExactly("a", "b");
        assertThat(execute(WithoutAnnotation.class, true).values()).containsOnly("");
        assertThat(flowsIn("default")).as("a new recording replaces it").containsExactly("a", "b");
        assertThat(execute(WithoutAnnotation.class, false))
                .containsOnly(Map.entry("first", ""), Map.entry("second", ""));
    }

    @Test
    void fileIsMaskedByAllTestsOrByNone() {
        assertThat(execute(MaskedByOne.class, true).values())
                .containsOnlyOnce("")
                .anyMatch(failure -> failure.contains("masked by another test; set masked for all tests"));
        assertThat(flowsIn("mixed")).hasSize(1);
    }

    @Test
    void testFailsWithTheNearestRecordingIfNoneMatches() {
        execute(Annotated.class, true);
        question = "smoke";
        Map<String, String> failures = execute(Annotated.class, false);
        assertThat(failures.get("ofMethod")).contains("501");
        assertThat(execute(Unchecked.class, false).get("test"))
                .startsWith("java.lang.AssertionError: The recording " + folder.resolve("of-method.json"))
                .contains("The nearest is call 1: in-0 is \"fire\" there and \"smoke\" here");
    }

    @Test
    void testFailsWithoutARecordingAndWithoutAnAccount() {
        assertThat(execute(Annotated.class, false).values())
                .allMatch(failure -> failure.contains("There is no recording " + folder)
                        && failure.contains("-Dstackai.record=true"));
        if (System.getenv("STACKAI_API_KEY") == null) {
            assertThat(execute(WithoutAccount.class, true).get("test")).contains("set STACKAI_API_KEY");
            assertThat(folder).isEmptyDirectory();
        }
    }
}
