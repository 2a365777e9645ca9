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
package io.github.camelstackai.examples.kamelets;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.time.Duration;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Camel context whose component calls the simulator. */
@Timeout(60)
abstract class KameletTest {
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    final DefaultCamelContext context = new DefaultCamelContext();
    final StackAiComponent component = new StackAiComponent();
    ProducerTemplate template;

    static StackAiSimulator stackAi() {
        return STACK_AI.simulator();
    }

    @BeforeEach
    void configure() {
        component.getConfiguration().setBaseUrl(stackAi().baseUrl());
        component.getConfiguration().setApiKey(stackAi().apiKey());
        component.getConfiguration().setOrgId(stackAi().orgId());
        context.addComponent("stackai", component);
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    void start(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        context.start();
    }
}
