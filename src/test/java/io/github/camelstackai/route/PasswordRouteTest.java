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

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;

/** A route whose component gets its tokens for a user name and a password. */
abstract class PasswordRouteTest extends RouteTest {
    static final String PASSWORD = "sim-password";

    @BeforeEach
    void signInByPassword() {
        component.getConfiguration().setApiKey(null);
        component.setUsername("sim-user");
        component.setPassword(PASSWORD);
    }

    List<RecordedRequest> tokenRequests() {
        return stackAi().requests().stream()
                .filter(request -> request.path().endsWith("/token"))
                .toList();
    }

    List<RecordedRequest> runs() {
        return stackAi().requests().stream()
                .filter(request -> request.path().contains("/run/"))
                .toList();
    }

    /** From now on token requests get this reply; other requests get their usual answer. */
    void tokenEndpointAnswers(Reply reply) {
        stackAi().script(request -> request.path().endsWith("/token") ? reply : null);
    }

    void tokenEndpointRecovers() {
        stackAi().script(request -> null);
    }

    /** Sends {@code count} calls at once, without a waiting thread for each. */
    List<CompletableFuture<Exchange>> sendMany(int count) throws Exception {
        AsyncProducer producer = context.getEndpoint("stackai:run:f").createAsyncProducer();
        producer.start();
        List<CompletableFuture<Exchange>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Exchange exchange = producer.getEndpoint().createExchange();
            exchange.getMessage().setBody("q" + i);
            CompletableFuture<Exchange> done = new CompletableFuture<>();
            producer.process(exchange, sync -> done.complete(exchange));
            calls.add(done);
        }
        return calls;
    }

    static List<Exchange> all(List<CompletableFuture<Exchange>> calls) throws Exception {
        List<Exchange> exchanges = new ArrayList<>();
        for (CompletableFuture<Exchange> call : calls) {
            exchanges.add(call.get(20, TimeUnit.SECONDS));
        }
        return exchanges;
    }
}
