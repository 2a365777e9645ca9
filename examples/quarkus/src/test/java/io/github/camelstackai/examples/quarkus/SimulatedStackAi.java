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
package io.github.camelstackai.examples.quarkus;

import io.github.camelstackai.simulator.StackAiSimulator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Runs during the test of the application. */
public class SimulatedStackAi implements QuarkusTestResourceLifecycleManager {
    private StackAiSimulator simulator;

    @Override
    public Map<String, String> start() {
        simulator = StackAiSimulator.start();
        return Map.of(
                "STACKAI_BASE_URL", simulator.baseUrl(),
                "camel.component.stackai.api-key", simulator.apiKey(),
                "STACKAI_ORG_ID", simulator.orgId(),
                "STACKAI_FLOW_ID", "support");
    }

    /** Injects the simulator into the test. */
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(simulator, new TestInjector.MatchesType(StackAiSimulator.class));
    }

    @Override
    public void stop() {
        simulator.close();
    }
}
