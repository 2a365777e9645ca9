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
package io.github.camelstackai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A Camel context beside a simulator, both anew for each test. After each, nothing of the component may be left: no call, no
 * lease, no connection, no thread.
 */
@Timeout(value = 40, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class RouteTest {
    @RegisterExtension
    final StackAiSimulatorExtension extension = new StackAiSimulatorExtension();

    final CamelContext context = new DefaultCamelContext();
    final StackAiComponent component = new StackAiComponent();
    final ProducerTemplate template = context.createProducerTemplate();

    @BeforeEach
    void configure() throws Exception {
        component.getConfiguration().setBaseUrl(stackAi().baseUrl());
        component.getConfiguration().setApiKey(stackAi().apiKey());
        component.getConfiguration().setOrgId(stackAi().orgId());
        context.addComponent("stackai", component);
    }

    @AfterEach
    void nothingIsLeft() {
        try {
            eventually("calls that have ended hold nothing", () -> {
                assertThat(component.callsInFlight()).isZero();
                assertThat(component.leasedConnections()).isZero();
            });
        } finally {
            template.stop();
            context.stop();
        }
        eventually(
                "connections are closed with the component",
                () -> assertThat(stackAi().openConnections()).isZero());
        eventually("threads end with the component", () -> assertThat(
                        Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(RouteTest::isOfTheComponent));
    }

    static boolean isOfTheComponent(String thread) {
        return thread.startsWith("stackai-io")
                || thread.startsWith("stackai-dns")
                || thread.startsWith("stackai-timer")
                || thread.contains("StackAiWorker")
                || thread.contains("StackAiReader");
    }

    static void eventually(String what, ThrowingRunnable holds) {
        await(what).atMost(Duration.ofSeconds(5)).untilAsserted(holds);
    }

    StackAiSimulator stackAi() {
        return extension.simulator();
    }

    /** Starts the context with {@code from(direct:start).to(uri)}. */
    void startRoute(String uri) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to(uri);
            }
        });
        context.start();
    }

    /** Sends a body to the route and returns the exchange as it came out. */
    Exchange send(Object body) {
        return send(body, Map.of());
    }

    Exchange send(Object body, Map<String, Object> headers) {
        return template.request("direct:start", exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
    }

    /** The inputs that the service received with the one request there was. */
    Map<String, Object> sentInputs() throws InterruptedException {
        return stackAi().takeRequest(Duration.ofSeconds(5)).json();
    }
}
