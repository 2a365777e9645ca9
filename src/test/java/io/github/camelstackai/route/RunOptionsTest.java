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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.RecordedRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the URI, the options and the headers make of a call, and how wrong ones are refused. */
class RunOptionsTest extends RouteTest {
    private RecordedRequest requestOf(String uri, Map<String, Object> headers) throws InterruptedException {
        if (!context.isStarted()) {
            context.start();
        }
        Exchange exchange = template.request(uri, e -> {
            e.getMessage().setBody("q");
            e.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
        assertThat(exchange.getException()).isNull();
        return stackAi().takeRequest(Duration.ofSeconds(5));
    }

    @Test
    void plainRunSendsTheBodyAndNoParameter() throws Exception {
        RecordedRequest request = requestOf("stackai:run:f", Map.of());
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.rawUri()).isEqualTo("/inference/v0/run/sim-org/f");
        assertThat(request.header("Authorization"))
                .isEqualTo("Bearer " + stackAi().apiKey());
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.json()).isEqualTo(Map.of("in-0", "q"));
    }

    @Test
    void versionAndVerboseAreSentWhereTheyDifferFromTheDefault() throws Exception {
        assertThat(requestOf("stackai:run:f?version=3&verbose=false", Map.of()).query())
                .isEqualTo(Map.of("version", "3", "verbose", "false"));
        assertThat(requestOf("stackai:run:f?version=-1&verbose=true", Map.of()).query())
                .isEmpty();
    }

    @Test
    void headersOverrideFlowOrganisationAndVersion() throws Exception {
        RecordedRequest request = requestOf(
                "stackai:run:f?version=3", Map.of(StackAiConstants.FLOW_ID, "other", StackAiConstants.VERSION, "5"));
        assertThat(request.rawUri()).isEqualTo("/inference/v0/run/sim-org/other?version=5");
        template.sendBodyAndHeader(
                "stackai:run:f?orgId=wrong",
                "q",
                StackAiConstants.ORG_ID,
                stackAi().orgId());
        assertThat(stackAi().takeRequest(Duration.ofSeconds(5)).path()).isEqualTo("/inference/v0/run/sim-org/f");
    }

    @Test
    void endpointBeatsComponent() throws Exception {
        component.getConfiguration().setVersion(3);
        component.getConfiguration().setApiKey("wrong");
        assertThat(requestOf("stackai:run:f?version=4&apiKey=" + stackAi().apiKey(), Map.of())
                        .query("version"))
                .isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource({"a b,a%20b", "a/b,a%2Fb", "a?b=c#d,a%3Fb%3Dc%23d", "é,%C3%A9", "a%2Fb,a%252Fb", "..a,..a"})
    void flowIsOneSegmentWhateverItHolds(String flow, String encoded) throws Exception {
        assertThat(requestOf("stackai:run", Map.of(StackAiConstants.FLOW_ID, flow))
                        .rawUri())
                .isEqualTo("/inference/v0/run/sim-org/" + encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", " "})
    void dotsAndBlanksAreNoFlow(String flow) throws Exception {
        startRoute("stackai:run");
        assertThat(send("q", Map.of(StackAiConstants.FLOW_ID, flow)).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(StackAiConstants.FLOW_ID);
        assertThat(send("q", Map.of(StackAiConstants.FLOW_ID, "f", StackAiConstants.ORG_ID, flow))
                        .getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(StackAiConstants.ORG_ID);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void baseUrlMayHaveAPathPrefix() throws Exception {
        component.getConfiguration().setBaseUrl(stackAi().baseUrl() + "/gateway/x/");
        stackAi().script(request -> io.github.camelstackai.simulator.Reply.json(Map.of("outputs", Map.of("o", "x"))));
        assertThat(requestOf("stackai:run:f", Map.of()).path()).isEqualTo("/gateway/x/inference/v0/run/sim-org/f");
    }

    // ---- what is missing

    @Test
    void missingFlowIsNamedBeforeAnythingIsSent() throws Exception {
        startRoute("stackai:run");
        assertThat(send("q").getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stackai:operation:flowId")
                .hasMessageContaining(StackAiConstants.FLOW_ID);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void missingOrganisationIsNamedBeforeAnythingIsSent() throws Exception {
        component.getConfiguration().setOrgId(null);
        startRoute("stackai:run:f");
        assertThat(send("q").getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orgId")
                .hasMessageContaining(StackAiConstants.ORG_ID);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void missingCredentialFailsAtStart() {
        component.getConfiguration().setApiKey(null);
        assertThatThrownBy(() -> startRoute("stackai:run:f")).rootCause().hasMessageContaining("apiKey");
    }

    // ---- what is wrong fails at start, by name

    @ParameterizedTest
    @CsvSource({
        "verison=1,verison",
        "version=three,version",
        "version=-2,version",
        "verbose=maybe,verbose",
        "response=everything,response",
        "baseUrl=ftp://x,baseUrl",
        "baseUrl=api.stack-ai.com,baseUrl",
        "baseUrl=https://user:secret@host,baseUrl",
        "orgId=..,orgId",
        "input=RAW( ),input",
        "apiKey=RAW(a b),apiKey",
        "responseTimeout=soon,responseTimeout",
        "responseTimeout=-1,responseTimeout",
        "streamIdleTimeout=-1,streamIdleTimeout",
        "totalTimeout=-1,totalTimeout",
        "totalTimeout=9223372036854775807,totalTimeout",
        "responseTimeout=9223372036854775807,responseTimeout",
        "maxRetryAfter=-1,maxRetryAfter",
        "maxResponseSize=0,maxResponseSize",
        "maxResponseSize=big,maxResponseSize",
        "maxConnections=5,maxConnections"
    })
    void wrongEndpointOptionFailsAtStartWithItsName(String option, String name) {
        assertThatThrownBy(() -> startRoute("stackai:run:f?" + option))
                .satisfies(e -> assertThat(messages(e)).anyMatch(message -> message.contains(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "connectTimeout,0",
        "connectTimeout,-5",
        "maxConnections,0",
        "connectionRequestTimeout,-1",
        "connectionIdleTimeout,0",
        "proxyHost,proxy",
        "proxyPort,0",
        "proxyUsername,me",
        "baseUrl,x",
        "version,-7"
    })
    void wrongComponentOptionFailsAtStartWithItsName(String option, String value) {
        assertThatThrownBy(() -> {
                    try (DefaultCamelContext other = new DefaultCamelContext()) {
                        StackAiComponent wrong = new StackAiComponent();
                        wrong.setCamelContext(other);
                        org.apache.camel.support.PropertyBindingSupport.build()
                                .withCamelContext(other)
                                .withTarget(wrong)
                                .withConfigurer(new io.github.camelstackai.StackAiComponentConfigurer())
                                .withProperty(option, value)
                                .bind();
                        other.addComponent("stackai", wrong);
                        other.start();
                        wrong.start();
                    }
                })
                .satisfies(e -> assertThat(messages(e)).anyMatch(message -> message.contains(option.substring(0, 5))));
    }

    private static List<String> messages(Throwable e) {
        return java.util.stream.Stream.iterate(e, java.util.Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .toList();
    }

    @Test
    void unknownOperationSaysWhatThereIs() {
        assertThatThrownBy(() -> startRoute("stackai:translate:f"))
                .rootCause()
                .hasMessageContaining("translate")
                .hasMessageContaining("run")
                .hasMessageContaining("stream");
    }

    @Test
    void consumingSaysWhatToDoInstead() {
        assertThatThrownBy(() -> {
                    context.addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("stackai:run:f").to("log:x");
                        }
                    });
                    context.start();
                })
                .rootCause()
                .hasMessageContaining("cannot be consumed from");
    }

    // ---- nothing leaks

    @Test
    void noHeaderOfTheMessageIsSent() throws Exception {
        RecordedRequest request = requestOf(
                "stackai:run:f",
                Map.of(
                        "X-Internal",
                        "secret",
                        "Authorization",
                        "Bearer mine",
                        "Cookie",
                        "a=b",
                        "Host",
                        "evil",
                        Exchange.HTTP_URI,
                        "http://evil",
                        Exchange.HTTP_PATH,
                        "evil",
                        Exchange.HTTP_QUERY,
                        "a=b",
                        Exchange.HTTP_METHOD,
                        "DELETE"));
        assertThat(request.headers())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "Authorization",
                        "Accept",
                        "Content-Type",
                        "Content-Length",
                        "Host",
                        "Connection",
                        "User-Agent");
        assertThat(request.header("Authorization"))
                .isEqualTo("Bearer " + stackAi().apiKey());
        assertThat(request.header("Host")).startsWith("127.0.0.1");
        assertThat(request.rawUri()).isEqualTo("/inference/v0/run/sim-org/f");
    }

    @Test
    void noHeaderOfTheResponseReachesTheMessage() throws Exception {
        startRoute("stackai:run:f");
        stackAi()
                .enqueue(io.github.camelstackai.simulator.Reply.json(Map.of("outputs", Map.of("o", "x")))
                        .header("X-Evil", "1")
                        .header("CamelFileName", "../evil")
                        .header("Set-Cookie", "a=b"));
        Exchange exchange = send("q", Map.of("mine", "kept"));
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("mine", StackAiConstants.OUTPUTS);
        send("q");
        assertThat(stackAi().requests().get(1).header("Cookie"))
                .as("cookies are not remembered")
                .isNull();
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        startRoute("stackai:run:f");
        stackAi()
                .enqueue(io.github.camelstackai.simulator.Reply.error(307, "moved")
                        .header("Location", "/elsewhere"));
        assertThat(send("q").getException()).hasMessageContaining("baseUrl");
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    // ---- toD

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
    void dynamicAndStaticUrisMeanTheSameFlow(String flow) throws Exception {
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
    void flowHeaderBeatsADynamicUriAndStays() throws Exception {
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
    void dynamicFlowCannotLeaveItsPlace() throws Exception {
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
    void whatAMessagePutsIntoAUriBringsNoOptions(String flow) throws Exception {
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
    void optionsThatTheRouteNamesMayHaveValuesOfTheMessage() throws Exception {
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

    @Test
    void placeholdersResolve() throws Exception {
        context.getPropertiesComponent().addInitialProperty("my.flow", "f9");
        context.getPropertiesComponent().addInitialProperty("my.key", stackAi().apiKey());
        component.getConfiguration().setApiKey("wrong");
        assertThat(requestOf("stackai:run:{{my.flow}}?apiKey={{my.key}}", Map.of())
                        .path())
                .endsWith("/f9");
    }
}
