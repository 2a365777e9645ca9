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
package io.github.camelstackai.examples.camelmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedFeedback;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CamelMainTest {
    @RegisterExtension
    final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    @Test
    void failedCallEndsWithAStatus(StackAiSimulator simulator) throws Exception {
        simulator.script(request -> Reply.error(500, "Out of order"));
        Map<String, String> properties = Map.of(
                "camel.component.stackai.base-url", simulator.baseUrl(),
                "camel.component.stackai.api-key", simulator.apiKey(),
                "camel.component.stackai.org-id", simulator.orgId(),
                "flow", "support");
        properties.forEach(System::setProperty);
        try {
            assertThat(Application.run()).isEqualTo(1);
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
        assertThat(simulator.requestCount()).isEqualTo(1);
    }

    @Test
    void routesInJavaYamlAndXmlCallTheFlow(StackAiSimulator simulator) throws Exception {
        Main main = new Main(Application.class);
        main.addOverrideProperty("camel.component.stackai.base-url", simulator.baseUrl());
        main.addOverrideProperty("camel.component.stackai.api-key", simulator.apiKey());
        main.addOverrideProperty("camel.component.stackai.org-id", simulator.orgId());
        main.addOverrideProperty("flow", "support");

        main.run();

        assertThat(simulator.requests())
                .extracting(RecordedRequest::path)
                .containsExactly(
                        "/inference/v0/run/sim-org/support",
                        "/inference/v0/feedback/sim-org/support",
                        "/inference/v0/stream/sim-org/support");
        assertThat(simulator.requests().get(0).json()).isEqualTo(Map.of("in-0", "How do I reset my password?"));
        assertThat(simulator.requests().get(2).json()).containsEntry("in-0", "And where do I change my email address?");
        assertThat(simulator.feedback())
                .singleElement()
                .extracting(RecordedFeedback::runId, RecordedFeedback::feedback)
                .containsExactly(simulator.runs().get(0).runId(), "Helpful");
    }
}
