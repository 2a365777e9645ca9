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

import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A Camel context and a simulator, both new for each test. After each test no call, lease, connection or thread of the
 * component is left.
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
            eventually("calls that have ended hold no connection", () -> {
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
                .noneMatch(RouteTest::isThreadOfTheComponent));
    }

    private static boolean isThreadOfTheComponent(String thread) {
        return thread.startsWith("stackai-io")
                || thread.startsWith("stackai-dns")
                || thread.startsWith("stackai-timer")
                || thread.contains("StackAiWorker")
                || thread.contains("StackAiReader");
    }

    StackAiSimulator stackAi() {
        return extension.simulator();
    }

    /** Starts the context with {@code from(direct:start).to(uri)}. */
    void startRoute(String uri) throws Exception {
        startRoutes(routes -> routes.from("direct:start").to(uri));
    }

    void startRoutes(LambdaRouteBuilder routes) throws Exception {
        RouteBuilder.addRoutes(context, routes);
        context.start();
    }

    /** Sends a body to the route and returns the exchange that comes out. */
    Exchange send(Object body) {
        return send(body, Map.of());
    }

    Exchange send(Object body, Map<String, Object> headers) {
        return template.request("direct:start", exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    /** Calls an endpoint with the body {@code q}, outside any route; starts the context first. */
    Exchange call(String uri) {
        if (!context.isStarted()) {
            context.start();
        }
        return template.request(uri, exchange -> exchange.getMessage().setBody("q"));
    }

    /** A call that fails, answered with {@code reply}. */
    Exchange failedCall(String uri, Reply reply) {
        stackAi().enqueue(reply);
        return failedCall(uri);
    }

    /** A call that fails, and leaves the body as it was. */
    Exchange failedCall(String uri) {
        Exchange exchange = call(uri);
        assertThat(exchange.getException()).isNotNull();
        assertThat(exchange.getMessage().getBody())
                .as("a failed call leaves the body")
                .isEqualTo("q");
        return exchange;
    }

    Exception failure(String uri, Reply reply) {
        return failedCall(uri, reply).getException();
    }

    Exception failure(String uri) {
        return failedCall(uri).getException();
    }

    /** Opens a stream outside any route. */
    StackAiStream open(String uri, Reply reply) {
        stackAi().enqueue(reply);
        Exchange exchange = call(uri);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(StackAiStream.class);
    }

    StackAiStream open(Reply reply) {
        return open("stackai:stream:f", reply);
    }

    /** The inputs of the next request that the service has received. */
    Map<String, Object> sentInputs() throws InterruptedException {
        return stackAi().takeRequest(Duration.ofSeconds(5)).json();
    }
}
