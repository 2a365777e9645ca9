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
package io.github.camelstackai.route.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** A context and a simulator that all attacks of a class share. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class HostileTest {
    // Written once, before the first test.
    private static StackAiSimulator stackAi;
    private static DefaultCamelContext context;
    private static ProducerTemplate template;

    @BeforeAll
    static void start() {
        stackAi = StackAiSimulator.start();
        StackAiComponent component = new StackAiComponent();
        component.getConfiguration().setBaseUrl(stackAi.baseUrl());
        component.getConfiguration().setApiKey(stackAi.apiKey());
        component.getConfiguration().setOrgId(stackAi.orgId());
        component.getConfiguration().setResponseTimeout(Duration.ofSeconds(2));
        context = new DefaultCamelContext();
        context.addComponent("stackai", component);
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterAll
    static void stop() {
        context.stop();
        stackAi.close();
    }

    static StackAiSimulator stackAi() {
        return stackAi;
    }

    static ProducerTemplate template() {
        return template;
    }

    /** Checks every message in the chain of causes. */
    static void assertAllShowable(Throwable failure) {
        assertThat(Stream.iterate(failure, e -> e != null, Throwable::getCause).map(HostileTest::said))
                .allMatch(Attack::isShowable)
                .noneMatch(said -> said.contains(stackAi.apiKey()));
    }

    /** The text without the location that Jackson adds. */
    private static String said(Throwable failure) {
        return failure instanceof JsonProcessingException json ? json.getOriginalMessage() : failure.toString();
    }
}
