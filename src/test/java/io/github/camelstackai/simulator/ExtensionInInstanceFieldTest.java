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

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension in an instance field starts a simulator for each test and stops it after the test. */
class ExtensionInInstanceFieldTest {
    private static final List<StackAiSimulator> USED = new ArrayList<>();

    @RegisterExtension
    final StackAiSimulatorExtension own = new StackAiSimulatorExtension();

    @RepeatedTest(2)
    void simulatorAnswers() throws Exception {
        USED.add(own.simulator());
        try (TestClient client = new TestClient(own.simulator()).run()) {
            assertThat(client.receive(12).text()).isEqualTo("HTTP/1.1 200");
        }
    }

    @AfterAll
    static void eachTestHadItsOwnSimulatorAndAllAreStopped() {
        assertThat(USED).hasSize(2).doesNotHaveDuplicates();
        assertThat(USED).allSatisfy(simulator -> assertThatThrownBy(() -> new TestClient(simulator))
                .isInstanceOf(ConnectException.class));
    }
}
