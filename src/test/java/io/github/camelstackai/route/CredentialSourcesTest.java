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

import io.github.camelstackai.StackAiTokenProvider;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sources of a call's credential, and the settings that are refused at the start. */
class CredentialSourcesTest extends RouteTest {
    private static final StackAiTokenProvider PROVIDER = refused -> CompletableFuture.completedFuture("provided");

    private void configure(String apiKey, String username, String password, boolean provider) {
        component.getConfiguration().setApiKey(apiKey);
        component.setUsername(username);
        component.setPassword(password);
        component.setTokenProvider(provider ? PROVIDER : null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "the-key, the-user, the-pass, false, apiKey, username with password",
                "the-key, -, -, true, apiKey, tokenProvider",
                "-, the-user, the-pass, true, username with password, tokenProvider",
                "the-key, the-user, the-pass, true, apiKey, tokenProvider",
                "-, the-user, -, false, password, required",
                "-, -, the-pass, false, username, required"
            })
    void severalOrIncompleteSourcesAreRefusedAtTheStart(
            String apiKey, String username, String password, boolean provider, String first, String second) {
        configure(apiKey, username, password, provider);
        assertThatThrownBy(() -> startRoute("stackai:run:f"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(first, second)
                .message()
                .doesNotContain("the-key", "the-user", "the-pass");
    }

    @ParameterizedTest
    @CsvSource({
        "stackai:run:f",
        "stackai:stream:f",
        "stackai:run:f?sso=true",
        "stackai:feedback:f",
        "stackai:metadata:f"
    })
    void missingSourceIsRefusedAtTheStart(String uri) {
        configure(null, null, null, false);
        assertThatThrownBy(() -> startRoute(uri))
                .isInstanceOf(FailedToStartRouteException.class)
                .rootCause()
                .hasMessageContainingAll("apiKey", "username", "tokenProvider");
    }

    @ParameterizedTest
    @CsvSource({"ftp://host/token", "http://user@host/token", "http://host/token#a", "'http://host/to ken'"})
    void invalidTokenUrlIsRefusedAtTheStart(String tokenUrl) {
        configure(null, "u", "p", false);
        component.setTokenUrl(tokenUrl);
        assertThatThrownBy(() -> startRoute("stackai:run:f")).rootCause().hasMessageContaining("tokenUrl");
    }

    @Test
    void keyOfTheEndpointOverridesTheSourceOfTheComponent() throws Exception {
        configure(null, null, null, true);
        startRoute("stackai:run:f?apiKey=" + stackAi().apiKey());
        assertThat(send("q").getException()).isNull();
        assertThat(authorization()).isEqualTo("Bearer " + stackAi().apiKey());
    }

    @Test
    void placeholdersAreResolvedOnEndpointAndComponent() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("the.key", stackAi().apiKey());
        context.getPropertiesComponent().setInitialProperties(properties);
        component.getConfiguration().setApiKey("wrong");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("stackai:run:f?apiKey={{the.key}}");
            }
        });
        context.start();
        assertThat(send("q").getException()).isNull();
        assertThat(authorization()).isEqualTo("Bearer " + stackAi().apiKey());
    }

    @Test
    void propertyFunctionOfAVaultIsResolved() throws Exception {
        context.getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return "vault";
            }

            @Override
            public String apply(String secret) {
                return "stackai/key".equals(secret) ? stackAi().apiKey() : null;
            }
        });
        component.getConfiguration().setApiKey("wrong");
        startRoute("stackai:run:f?apiKey={{vault:stackai/key}}");
        assertThat(send("q").getException()).isNull();
        assertThat(authorization()).isEqualTo("Bearer " + stackAi().apiKey());
    }

    @Test
    void organisationsShareOneClient() throws Exception {
        try (StackAiSimulator other = StackAiSimulator.builder()
                .orgId("other-org")
                .apiKey("other-key")
                .user("other-user", "other-password")
                .start()) {
            String options = "?orgId=other-org&apiKey=other-key&baseUrl=" + other.baseUrl();
            startRoutes(routes -> routes.from("direct:start")
                    .to("stackai:run:f")
                    .to("stackai:run:f" + options)
                    .to("stackai:metadata:f" + options)
                    .setBody(routes.constant("q"))
                    .to("stackai:run:f"));
            assertThat(send("q").getException()).isNull();
            assertThat(stackAi().requests()).hasSize(2).allSatisfy(r -> assertThat(r.header("Authorization"))
                    .isEqualTo("Bearer " + stackAi().apiKey()));
            assertThat(other.requests())
                    .hasSize(2)
                    .allSatisfy(r -> assertThat(r.header("Authorization")).isEqualTo("Bearer other-key"))
                    .extracting(RecordedRequest::path)
                    .allMatch(path -> path.contains("/other-org/"));
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .as("one client has one timer")
                    .filteredOn(name -> name.startsWith("stackai-timer"))
                    .hasSize(1);
        }
    }

    @Test
    void messageCannotChangeHostOrCredential() throws Exception {
        startRoute("stackai:run:f");
        Map<String, Object> headers = Map.of(
                "Authorization", "Bearer stolen",
                "CamelHttpUri", "http://127.0.0.1:1/",
                "CamelStackAiBaseUrl", "http://127.0.0.1:1/",
                "CamelStackAiApiKey", "stolen",
                "apiKey", "stolen");
        assertThat(send("q", headers).getException()).isNull();
        assertThat(authorization()).isEqualTo("Bearer " + stackAi().apiKey());
    }

    private String authorization() throws InterruptedException {
        return stackAi().takeRequest(Duration.ofSeconds(5)).header("Authorization");
    }
}
