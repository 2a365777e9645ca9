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
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request that a run sends, from its URI, options and headers. */
class RunRequestTest extends RouteTest {
    @Test
    void runSendsTheBodyAndNoParameterByDefault() throws Exception {
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
    void endpointOptionOverridesComponentOption() throws Exception {
        component.getConfiguration().setVersion(3);
        component.getConfiguration().setApiKey("wrong");
        assertThat(requestOf("stackai:run:f?version=4&apiKey=" + stackAi().apiKey(), Map.of())
                        .query("version"))
                .isEqualTo("4");
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

    @ParameterizedTest
    @CsvSource({"a b,a%20b", "a/b,a%2Fb", "a?b=c#d,a%3Fb%3Dc%23d", "é,%C3%A9", "a%2Fb,a%252Fb", "..a,..a"})
    void flowIsEncodedAsOnePathSegment(String flow, String encoded) throws Exception {
        assertThat(requestOf("stackai:run", Map.of(StackAiConstants.FLOW_ID, flow))
                        .rawUri())
                .isEqualTo("/inference/v0/run/sim-org/" + encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", " "})
    void flowOfDotsOrBlanksIsRefused(String flow) throws Exception {
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
        stackAi().script(request -> Reply.json(Map.of("outputs", Map.of("o", "x"))));
        assertThat(requestOf("stackai:run:f", Map.of()).path()).isEqualTo("/gateway/x/inference/v0/run/sim-org/f");
    }

    @Test
    void missingFlowIsRefusedBeforeAnythingIsSent() throws Exception {
        startRoute("stackai:run");
        assertThat(send("q").getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stackai:operation:flowId")
                .hasMessageContaining(StackAiConstants.FLOW_ID);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void missingOrganisationIsRefusedBeforeAnythingIsSent() throws Exception {
        component.getConfiguration().setOrgId(null);
        startRoute("stackai:run:f");
        assertThat(send("q").getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orgId")
                .hasMessageContaining(StackAiConstants.ORG_ID);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void noHeaderOfTheMessageIsSent() throws Exception {
        Map<String, Object> headers = new HashMap<>(Map.of("X-Internal", "secret", "Cookie", "a=b", "Host", "evil"));
        headers.put("Authorization", "Bearer mine");
        headers.put(Exchange.HTTP_URI, "http://evil");
        headers.put(Exchange.HTTP_PATH, "evil");
        headers.put(Exchange.HTTP_QUERY, "a=b");
        headers.put(Exchange.HTTP_METHOD, "DELETE");
        RecordedRequest request = requestOf("stackai:run:f", headers);
        Set<String> own =
                Set.of("Authorization", "Accept", "Content-Type", "Content-Length", "Host", "Connection", "User-Agent");
        assertThat(request.headers()).extracting(Map.Entry::getKey).containsExactlyInAnyOrderElementsOf(own);
        assertThat(request.header("Authorization"))
                .isEqualTo("Bearer " + stackAi().apiKey());
        assertThat(request.header("Host")).startsWith("127.0.0.1");
        assertThat(request.rawUri()).isEqualTo("/inference/v0/run/sim-org/f");
    }

    @Test
    void noHeaderOfTheResponseReachesTheMessage() throws Exception {
        startRoute("stackai:run:f");
        stackAi()
                .enqueue(Reply.json(Map.of("outputs", Map.of("o", "x")))
                        .header("X-Evil", "1")
                        .header("CamelFileName", "../evil")
                        .header("Set-Cookie", "a=b"));
        Exchange exchange = send("q", Map.of("mine", "kept"));
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("mine", StackAiConstants.OUTPUTS);
        send("q");
        assertThat(stackAi().requests().get(1).header("Cookie"))
                .as("cookies are not stored")
                .isNull();
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        startRoute("stackai:run:f");
        stackAi().enqueue(Reply.error(307, "moved").header("Location", "/elsewhere"));
        assertThat(send("q").getException()).hasMessageContaining("baseUrl");
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    private RecordedRequest requestOf(String uri, Map<String, Object> headers) throws InterruptedException {
        if (!context.isStarted()) {
            context.start();
        }
        Exchange exchange = template.request(uri, e -> {
            e.getMessage().setBody("q");
            e.getMessage().setHeaders(new HashMap<>(headers));
        });
        assertThat(exchange.getException()).isNull();
        return stackAi().takeRequest(Duration.ofSeconds(5));
    }
}
