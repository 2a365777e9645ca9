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
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that run as the signed-in user. */
class SsoStreamTest extends RouteTest {
    private static final String USER_TOKEN = "token-of-the-user";
    private static final Map<String, Object> SIGNED_IN = Map.of(StackAiConstants.ACCESS_TOKEN, USER_TOKEN);
    private static final String STREAM = "stackai:stream:f?sso=true&streamMode=collect";

    private RecordedRequest request() throws InterruptedException {
        return stackAi().takeRequest(Duration.ofSeconds(5));
    }

    @Test
    void userTokenIsSentAndRemovedFromTheMessage() throws Exception {
        startRoute(STREAM);
        stackAi().acceptToken(USER_TOKEN);
        Exchange exchange = send("q", SIGNED_IN);
        assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(StackAiConstants.ACCESS_TOKEN);
        RecordedRequest request = request();
        assertThat(request.rawUri()).isEqualTo("/inference/v0/sso/stream/sim-org/f");
        assertThat(request.headers("Authorization")).containsExactly("Bearer " + USER_TOKEN);
        try (PublishedContract contract = new PublishedContract()) {
            contract.check(request);
        }
    }

    @Test
    void userTokenIsSentForAStreamOfChunks() throws Exception {
        startRoute("stackai:stream:f?sso=true");
        stackAi().acceptToken(USER_TOKEN);
        Exchange exchange = template.request(
                "stackai:stream:f?sso=true", e -> e.getMessage().setHeaders(new HashMap<>(SIGNED_IN)));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class)).startsWith("Answer to");
        assertThat(request().header("Authorization")).isEqualTo("Bearer " + USER_TOKEN);
    }

    @Test
    void configuredCredentialIsSentWithoutAUserToken() throws Exception {
        startRoute(STREAM);
        assertThat(send("q").getException()).isNull();
        RecordedRequest request = request();
        assertThat(request.path()).startsWith("/inference/v0/sso/stream/");
        assertThat(request.header("Authorization"))
                .isEqualTo("Bearer " + stackAi().apiKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stackai:stream:f?streamMode=collect", "stackai:run:f", "stackai:run:f?sso=true"})
    void userTokenIsIgnoredByOtherCalls(String uri) throws Exception {
        startRoute(uri);
        assertThat(send("q", SIGNED_IN).getException()).isNull();
        RecordedRequest request = request();
        assertThat(request.headers("Authorization"))
                .containsExactly("Bearer " + stackAi().apiKey());
        assertThat(request.headers() + request.text()).doesNotContain(USER_TOKEN);
    }

    @Test
    void refusedUserTokenIsRemovedAndTheCallNotRepeated() throws Exception {
        startRoute(STREAM);
        Exchange exchange = send("q", SIGNED_IN);
        assertThat(exchange.getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContaining("401");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(StackAiConstants.ACCESS_TOKEN);
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }

    @Test
    void userTokenIsRemovedFromAMessageThatCannotBeSent() throws Exception {
        startRoute(STREAM + "&version=1");
        Exchange exchange =
                send("q", Map.of(StackAiConstants.ACCESS_TOKEN, USER_TOKEN, StackAiConstants.VERSION, "no number"));
        assertThat(exchange.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(StackAiConstants.VERSION);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(StackAiConstants.ACCESS_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "line\r\nbreak", "t\u00f6ken"})
    void invalidUserTokenIsRefusedAndNotShown(String token) throws Exception {
        startRoute(STREAM);
        Exchange exchange = send("q", Map.of(StackAiConstants.ACCESS_TOKEN, token));
        assertThat(exchange.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(StackAiConstants.ACCESS_TOKEN);
        if (!token.isBlank()) {
            assertThat(exchange.getException().getMessage()).doesNotContain(token);
        }
        assertThat(stackAi().requestCount())
                .as("the call is not sent with other credentials")
                .isZero();
    }

    @Test
    void redeliverySendsTheUserTokenAgain() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0));
                from("direct:start").to(STREAM);
            }
        });
        context.start();
        stackAi().acceptToken(USER_TOKEN);
        stackAi().enqueue(Reply.error(503, "busy"));
        Exchange exchange = send("q", SIGNED_IN);
        assertThat(exchange.getException()).isNull();
        assertThat(stackAi().requests()).hasSize(2).allSatisfy(request -> assertThat(request.header("Authorization"))
                .isEqualTo("Bearer " + USER_TOKEN));
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(StackAiConstants.ACCESS_TOKEN);
        assertThat(exchange.getProperties().toString()).doesNotContain(USER_TOKEN);
    }

    @Test
    void userTokenMayBeTheOnlyCredential() throws Exception {
        component.getConfiguration().setApiKey(null);
        startRoute(STREAM);
        stackAi().acceptToken(USER_TOKEN);
        assertThat(send("q", SIGNED_IN).getException()).isNull();
        assertThat(send("q").getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(StackAiConstants.ACCESS_TOKEN);
        assertThat(stackAi().requestCount()).isEqualTo(1);
    }
}
