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

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension in a static field starts one simulator for all tests and resets it before each. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExtensionInStaticFieldTest {
    @RegisterExtension
    static final StackAiSimulatorExtension shared =
            new StackAiSimulatorExtension(StackAiSimulator.builder().apiKey("shared"));

    private static StackAiSimulator first;

    @BeforeAll
    static void recordTheSimulator(StackAiSimulator simulator) {
        first = simulator;
    }

    @Test
    @Order(1)
    void parameterIsTheSimulator(StackAiSimulator simulator) throws Exception {
        assertThat(simulator).isSameAs(shared.simulator()).isSameAs(first);
        assertThat(simulator.apiKey()).isEqualTo("shared");
        simulator.enqueue(Reply.never(), Reply.text("leftover"));
        simulator.script(request -> Reply.text("leftover"));
        simulator.onlyFlows();
        try (TestClient client = new TestClient(simulator)) {
            client.run();
            assertThat(simulator.takeRequest(Duration.ofSeconds(5)).method()).isEqualTo("POST");
        }
    }

    @Test
    @Order(2)
    void simulatorIsResetBeforeEachTest(StackAiSimulator simulator) throws Exception {
        assertThat(simulator).isSameAs(first);
        assertThat(simulator.requests()).isEmpty();
        assertThat(simulator.requestCount()).isZero();
        assertThat(simulator.openRequests()).isZero();
        simulator.acceptToken("sim-key");
        try (TestClient client = new TestClient(simulator).run()) {
            assertThat(client.receive(12).text()).isEqualTo("HTTP/1.1 200");
        }
    }

    @Nested
    class InsideAnotherClass {
        @Test
        void simulatorOfTheOuterClassIsUsed(StackAiSimulator simulator) {
            assertThat(simulator).isSameAs(first);
        }
    }

    @Test
    void unregisteredExtensionFails() {
        assertThatThrownBy(() -> new StackAiSimulatorExtension().simulator())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }
}
