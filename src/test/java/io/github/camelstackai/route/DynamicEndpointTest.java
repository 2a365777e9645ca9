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

import io.github.camelstackai.StackAiConstants;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows that a message names, by toD or by header. */
class DynamicEndpointTest extends RouteTest {
    @Test
    void dynamicFlowsShareOneEndpoint() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").toD("stackai:run:${header.flow}?version=2");
            }
        });
        context.start();
        for (int i = 0; i < 100; i++) {
            Exchange exchange = send("q", Map.of("flow", "f-" + i));
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(StackAiConstants.FLOW_ID);
            assertThat(stackAi().takeRequest(Duration.ofSeconds(5)).rawUri())
                    .isEqualTo("/inference/v0/run/sim-org/f-" + i + "?version=2");
        }
        assertThat(context.getEndpoints())
                .filteredOn(endpoint -> endpoint.getEndpointUri().startsWith("stackai"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%20b", "a b", "a+b", "a%2Bb", "a:b", "é", "a%2Fb"})
    void dynamicAndStaticUrisNameTheSameFlow(String flow) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:run:" + flow)
                        .setBody(constant("q"))
                        .toD("stackai:run:${header.flow}");
            }
        });
        context.start();
        assertThat(send("q", Map.of("flow", flow)).getException()).isNull();
        assertThat(stackAi().requests().get(1).rawUri())
                .isEqualTo(stackAi().requests().get(0).rawUri());
    }

    @Test
    void flowHeaderOverridesADynamicUriAndStays() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").toD("stackai:run:${header.flow}");
            }
        });
        context.start();
        Exchange exchange = send("q", Map.of("flow", "uri", StackAiConstants.FLOW_ID, "header"));
        assertThat(stackAi().takeRequest(Duration.ofSeconds(5)).path()).endsWith("/header");
        assertThat(exchange.getMessage().getHeader(StackAiConstants.FLOW_ID)).isEqualTo("header");
    }

    @Test
    void dynamicFlowCannotChangeThePath() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").toD("stackai:run:${header.flow}");
            }
        });
        context.start();
        assertThat(send("q", Map.of("flow", "..")).getException()).isNotNull();
        send("q", Map.of("flow", "../../admin"));
        assertThat(stackAi().requests())
                .allSatisfy(request -> assertThat(request.rawUri()).doesNotContain("/admin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f?baseUrl=http://127.0.0.1:1",
                "f?base%55rl=http://127.0.0.1:1",
                "f?configuration.baseUrl=http://127.0.0.1:1",
                "f?version=3&apiKey=other",
                "f?version=3",
                "f&apiKey=other",
                "f?x"
            })
    void messageCannotAddOptionsToADynamicUri(String flow) throws Exception {
        context.getPropertiesComponent().addInitialProperty("options", "version=2");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").toD("stackai:run:${header.flow}");
                from("direct:options").toD("stackai:run:f?{{options}}&output=out-${header.number}");
            }
        });
        context.start();
        if (flow.contains("?")) {
            assertThat(send("q", Map.of("flow", flow)).getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("toD", "CamelStackAiFlowId");
        }
        Map<String, Object> headers = Map.of("number", "0&" + flow.replace("f?", ""));
        assertThat(template.request(
                                "direct:options", exchange -> exchange.getIn().setHeaders(new HashMap<>(headers)))
                        .getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("toD");
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void optionOfADynamicUriMayTakeItsValueFromTheMessage() throws Exception {
        context.getPropertiesComponent().addInitialProperty("options", "version=2");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").toD("stackai:run:f?{{options}}&output=out-${header.number}");
            }
        });
        context.start();
        assertThat(send("q", Map.of("number", "0")).getException()).isNull();
        assertThat(stackAi().takeRequest(Duration.ofSeconds(5)).query("version"))
                .isEqualTo("2");
    }
}
