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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiTokenProvider;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures of credential sources, and responses that contain a credential in another encoding. */
class CredentialFaultTest extends RouteTest {
    private void signInByPassword() {
        component.getConfiguration().setApiKey(null);
        component.setUsername("sim-user");
        component.setPassword("sim-password");
    }

    private void provideTokens(StackAiTokenProvider provider) {
        component.getConfiguration().setApiKey(null);
        component.setTokenProvider(provider);
    }

    private static List<String> shown(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause)
                .flatMap(e -> Stream.of(
                        e.toString(),
                        e instanceof StackAiOperationFailedException refused
                                ? refused.getResponseBody() + refused.getDetail() + refused.getResponseHeaders()
                                : ""))
                .toList();
    }

    @Test
    void endlessTokenResponseFailsTheCall() throws Exception {
        signInByPassword();
        component.getConfiguration().setResponseTimeout(Duration.ofMillis(300));
        startRoute("stackai:run:f");
        Reply trickle = Reply.chunks();
        for (int i = 0; i < 200; i++) {
            trickle = trickle.chunk(Duration.ofMillis(50), " ");
        }
        stackAi().enqueue(trickle);
        assertThat(send("q").getException()).isInstanceOf(IOException.class);
        eventually("the token request is cancelled", () -> assertThat(component.callsInFlight())
                .isZero());
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseUrl", "tokenUrl"})
    void portOutOfRangeIsRefusedAtTheStart(String option) {
        signInByPassword();
        if (option.equals("baseUrl")) {
            component.getConfiguration().setBaseUrl("http://127.0.0.1:99999");
        } else {
            component.setTokenUrl("http://127.0.0.1:99999/token");
        }
        assertThatThrownBy(() -> startRoute("stackai:run:f"))
                .rootCause()
                .hasMessageContaining(option)
                .hasMessageContaining("99999");
    }

    @Test
    void secretInAnInvalidUrlIsNotShown() {
        component.getConfiguration().setBaseUrl("https://me:SECRET pw@host");
        assertThatThrownBy(() -> startRoute("stackai:run:f"))
                .rootCause()
                .hasMessageContaining("baseUrl")
                .message()
                .doesNotContain("SECRET");
    }

    @Test
    void keyThatAResponseEscapesIsRedacted() throws Exception {
        component.getConfiguration().setApiKey("sk/ab\"cd\\ef-secretsecret");
        startRoute("stackai:run:f");
        for (String written : List.of("sk/ab\\\"cd\\\\ef-secretsecret", "sk\\/ab\\\"cd\\\\ef-secretsecret")) {
            stackAi()
                    .enqueue(Reply.text("{\"detail\":[{\"input\":\"" + written + "\"}]}")
                            .withStatus(422));
            assertThat(shown(send("q").getException())).noneMatch(text -> text.contains("secretsecret"));
            stackAi().enqueue(Reply.text("<html>" + written));
            assertThat(shown(send("q").getException())).noneMatch(text -> text.contains("secretsecret"));
        }
    }

    @Test
    void credentialOfTheProxyIsRedacted() throws Exception {
        component.setProxyHost("127.0.0.1");
        component.setProxyPort(stackAi().port());
        component.setProxyUsername("pu");
        component.setProxyPassword("proxysecret");
        startRoute("stackai:run:f");
        stackAi().script(request -> Reply.text("Proxy-Authorization: Basic cHU6cHJveHlzZWNyZXQ= proxysecret")
                .withStatus(502));
        assertThat(shown(send("q").getException()))
                .noneMatch(text -> text.contains("cHU6cHJveHlzZWNyZXQ=") || text.contains("proxysecret"));
    }

    @Test
    void errorOfATokenProviderFailsTheCall() throws Exception {
        provideTokens(refused -> {
            throw new NoClassDefFoundError("vault/Client");
        });
        startRoute("stackai:run:f");
        CompletableFuture<Exchange> call =
                template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
        assertThat(call).succeedsWithin(Duration.ofSeconds(5));
        assertThat(call.join().getException()).hasMessageContaining("vault/Client");
    }

    @Test
    void timeoutExceptionOfATokenProviderIsKept() throws Exception {
        TimeoutException own = new TimeoutException("the vault took 5 s");
        provideTokens(refused -> CompletableFuture.failedFuture(own));
        startRoute("stackai:run:f");
        assertThat(send("q").getException()).isSameAs(own);
    }

    @Test
    void blockingTokenProviderDelaysNoOtherCall() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        provideTokens(refused -> {
            if (refused != null) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return CompletableFuture.completedFuture("stale");
        });
        startRoute("stackai:run:f");
        List<CompletableFuture<Exchange>> blocked = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            blocked.add(template.asyncSend(
                    "stackai:run:f?responseTimeout=1s", e -> e.getMessage().setBody("q")));
        }
        assertThat(template.requestBody("stackai:run:f?apiKey=" + stackAi().apiKey(), "q"))
                .isEqualTo("Answer to: q");
        assertThat(blocked).allSatisfy(call -> assertThat(call).succeedsWithin(Duration.ofSeconds(10)));
        release.countDown();
    }

    @Test
    void credentialChangedWhileStoppedIsUsedAfterTheStart() throws Exception {
        signInByPassword();
        component.setPassword("wrong");
        startRoute("stackai:run:f");
        assertThat(send("q").getException()).hasMessageContaining("username and password");
        component.stop();
        component.setPassword("sim-password");
        component.start();
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
    }

    @Test
    void slashAtTheEndOfTheTokenUrlIsKept() throws Exception {
        signInByPassword();
        component.setTokenUrl("auth/token/");
        startRoute("stackai:run:f");
        send("q");
        assertThat(stackAi().requests().get(0).path()).isEqualTo("/auth/token/");
    }
}
