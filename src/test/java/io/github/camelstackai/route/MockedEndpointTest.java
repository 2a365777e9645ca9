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

import io.github.camelstackai.StackAiConstants;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.Builder;
import org.apache.camel.component.mock.InterceptSendToMockEndpointStrategy;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mocks of Camel's test support take the place of stackai endpoints, of static and of dynamic ones. */
class MockedEndpointTest extends RouteTest {
    /** Camel 4.14 has no such mocks. */
    static boolean testSupportAddsAutoMocks() {
        return ObjectHelper.loadClass(
                        "org.apache.camel.spi.AutoMockInterceptStrategy", AutoMocks.class.getClassLoader())
                != null;
    }

    private void route(String uri, boolean dynamic) throws Exception {
        startRoutes(routes -> {
            if (dynamic) {
                routes.from("direct:start").routeId("r").toD(uri);
            } else {
                routes.from("direct:start").routeId("r").to(uri);
            }
        });
    }

    private void assertOnlyMocked(String mock, Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        assertThat(stackAi().requestCount()).as("calls of the service").isZero();
        MockEndpoint endpoint = context.getEndpoint(mock, MockEndpoint.class);
        assertThat(endpoint.getReceivedExchanges()).singleElement().satisfies(received -> {
            assertThat(received.getMessage().getBody()).isEqualTo("q");
            assertThat(received.getMessage().getHeaders()).doesNotContainKey(StackAiConstants.FLOW_ID);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "stackai:run:triage,false,stackai:run:triage",
        "stackai:run:triage,true,stackai:run:triage",
        "stackai:run:${header.flow},true,stackai:run:triage",
        "stackai:run:${header.flow},true,stackai:run:*",
        "stackai:run:${header.flow},true,stackai:*",
        "stackai:run:${header.flow},true,stackai.*triage",
        "stackai:${header.op}:triage,true,stackai:run:triage",
        "stackai:run:${header.flow}?version=3,true,stackai:run:triage*",
        "stackai:run:triage?version=3,false,stackai:run:triage*"
    })
    void adviceMocksAndSkips(String uri, boolean dynamic, String pattern) throws Exception {
        route(uri, dynamic);
        AdviceWith.adviceWith(context, "r", advice -> advice.mockEndpointsAndSkip(pattern));
        assertOnlyMocked("mock:stackai:run:triage", send("q", Map.of("flow", "triage", "op", "run")));
    }

    @ParameterizedTest
    @CsvSource({
        "stackai:run:triage,false,stackai:run:triage",
        "stackai:run:${header.flow},true,stackai:run:triage",
        "stackai:run:${header.flow},true,stackai:*"
    })
    @EnabledIf("testSupportAddsAutoMocks")
    void testSupportMocksAndSkips(String uri, boolean dynamic, String pattern) throws Exception {
        AutoMocks.add(context, pattern);
        route(uri, dynamic);
        assertOnlyMocked("mock:stackai:run:triage", send("q", Map.of("flow", "triage")));
    }

    @Test
    void patternOfTheOperationMatchesEveryDynamicFlow() throws Exception {
        route("stackai:run:${header.flow}", true);
        AdviceWith.adviceWith(context, "r", advice -> advice.mockEndpointsAndSkip("stackai:run"));
        assertThat(send("q", Map.of("flow", "triage")).getException()).isNull();
        assertThat(stackAi().requestCount()).isZero();
        assertThat(context.getEndpoint("mock:stackai:run", MockEndpoint.class).getReceivedExchanges())
                .hasSize(1);
    }

    @Test
    void flowThatIsNotMockedIsCalled() throws Exception {
        route("stackai:run:${header.flow}", true);
        AdviceWith.adviceWith(context, "r", advice -> advice.mockEndpointsAndSkip("stackai:run:triage"));
        for (String flow : new String[] {"other", "triage", "other"}) {
            assertThat(send("q", Map.of("flow", flow)).getException()).isNull();
        }
        assertThat(stackAi().requests()).hasSize(2).allMatch(request -> request.path()
                .endsWith("/other"));
    }

    @Test
    void mockWithoutSkipSeesWhatTheServiceGets() throws Exception {
        route("stackai:run:${header.flow}", true);
        AdviceWith.adviceWith(context, "r", advice -> advice.mockEndpoints("stackai:run:triage"));
        Exchange exchange = send("q", Map.of("flow", "triage"));
        assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(context.getEndpoint("mock:stackai:run:triage", MockEndpoint.class)
                        .getReceivedExchanges())
                .hasSize(1);
    }

    @Test
    void interceptorOfARouteMatchesADynamicFlow() throws Exception {
        startRoutes(routes -> {
            routes.interceptSendToEndpoint("stackai:run:triage")
                    .skipSendToOriginalEndpoint()
                    .setBody(Builder.constant("intercepted"));
            routes.from("direct:start").toD("stackai:run:${header.flow}");
        });
        assertThat(send("q", Map.of("flow", "triage")).getMessage().getBody()).isEqualTo("intercepted");
        assertThat(send("q", Map.of("flow", "other")).getMessage().getBody()).isEqualTo("Answer to: q");
    }

    @ParameterizedTest
    @CsvSource({"stackai:run:triage,false", "stackai:run:${header.flow},true", "stackai:stream:triage,false"})
    void mockNeedsNoCredential(String uri, boolean dynamic) throws Exception {
        component.getConfiguration().setApiKey(null);
        context.getCamelContextExtension()
                .registerEndpointCallback(new InterceptSendToMockEndpointStrategy("stackai:*", true));
        route(uri, dynamic);
        assertThat(send("q", Map.of("flow", "triage")).getException()).isNull();
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    @EnabledIf("testSupportAddsAutoMocks")
    void mockOfTestSupportNeedsNoCredential() throws Exception {
        component.getConfiguration().setApiKey(null);
        AutoMocks.add(context, "stackai:*");
        route("stackai:run:triage", false);
        assertThat(send("q").getException()).isNull();
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void mockWithoutSkipNeedsACredential() {
        component.getConfiguration().setApiKey(null);
        context.getCamelContextExtension()
                .registerEndpointCallback(new InterceptSendToMockEndpointStrategy("stackai:*", false));
        assertThatThrownBy(() -> route("stackai:run:triage", false))
                .hasStackTraceContaining("No credential for the stackai endpoint");
    }
}
