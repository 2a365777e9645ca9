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
package io.github.camelstackai.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.auth.PendingTokens;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.http.RequestBody;
import io.github.camelstackai.http.ResponseCollector;
import io.github.camelstackai.http.StubTransport;
import io.github.camelstackai.http.StubTransport.Sent;
import io.github.camelstackai.message.TestExchanges;
import io.github.camelstackai.observe.ObservedCalls;
import io.github.camelstackai.protocol.FlowTarget;
import io.github.camelstackai.protocol.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** What a call needs of its component, without a component. */
final class TestRuntime {
    static final String PROXY_PASSWORD = "proxysecret";

    /** The answer is the text of the response. */
    static final AnswerHandler TEXTS = (call, answer) -> new ResponseCollector(
            1000,
            1000,
            response -> answer.complete(
                    exchange -> exchange.getMessage().setBody(new String(response.body(), StandardCharsets.UTF_8))),
            answer::fail);

    final StubTransport transport = new StubTransport();
    final PendingTokens pendingTokens = new PendingTokens();
    /** Written by the test; null for none. */
    Credential credential;

    final ObservedCalls observations = new ObservedCalls();

    final ClientRuntime runtime = new ClientRuntime(
            transport,
            new Json(),
            () -> credential,
            () -> List.of(PROXY_PASSWORD),
            pendingTokens,
            Runnable::run,
            observations);

    TestRuntime() {
        pendingTokens.open();
    }

    static CallOptions options(String apiKey, CallTimeouts timeouts) {
        return new CallOptions(apiKey, "https://host", -1, true, timeouts, 1000);
    }

    static ServiceRequest request() {
        return new ServiceRequest(
                new FlowTarget(StackAiOperation.RUN, "org", "flow"),
                new OutboundRequest(
                        "POST",
                        URI.create("https://host/run"),
                        "",
                        List.of(),
                        RequestBody.of(new byte[0]),
                        List.of(PROXY_PASSWORD)),
                Caller.of(new DefaultExchange(new DefaultCamelContext())));
    }

    AuthenticatedClient client(String apiKey, CallTimeouts timeouts) {
        return new AuthenticatedClient(runtime, options(apiKey, timeouts), status -> "; advice for " + status);
    }

    CompletableFuture<CallResult> sendWith(Credential ofCall) {
        return client(null, CallTimeouts.NONE).send(request(), ofCall, TEXTS).toCompletableFuture();
    }

    Sent sent(int index) {
        return transport.sent().get(index);
    }

    static String authorization(Sent sent) {
        return sent.header("Authorization");
    }

    /** What the result throws when it is applied to an exchange; null for nothing. */
    static Throwable failure(CompletableFuture<CallResult> result) {
        assertThat(result).isCompleted();
        return catchThrowable(() -> result.join().applyTo(TestExchanges.withBody(null)));
    }
}
