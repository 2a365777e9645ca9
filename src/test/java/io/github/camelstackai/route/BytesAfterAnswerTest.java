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

import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that adds bytes to every answer: they fail no call and reach no other message. */
class BytesAfterAnswerTest extends RouteTest {
    private static final int CALLS = 500;
    private static final int AT_ONCE = 20;

    private static final String ANSWER =
            "{\"outputs\":{\"out-0\":\"not yours\"},\"run_id\":\"other\",\"state\":\"SUCCEEDED\"}";

    static Stream<Arguments> bytes() {
        List<String> kinds = List.of(
                "garbage",
                "a line\r\n",
                "\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n"
                        + ANSWER,
                "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
        return Stream.of(0, 30, 300)
                .flatMap(millis -> kinds.stream().map(kind -> Arguments.of(Duration.ofMillis(millis), kind)));
    }

    @ParameterizedTest
    @MethodSource("bytes")
    void bytesFailNoCallAndReachNoOtherMessage(Duration pause, String extra) throws Exception {
        stackAi().script(request -> Reply.usual().followedBy(pause, extra));
        startRoute("stackai:run:f");
        assertEachCallHasItsAnswer();
        assertThat(stackAi().runs()).as("runs").hasSize(CALLS);
    }

    private void assertEachCallHasItsAnswer() throws Exception {
        Semaphore free = new Semaphore(AT_ONCE);
        List<CompletableFuture<Exchange>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            free.acquire();
            String question = "q" + i;
            calls.add(template.asyncSend(
                    "direct:start", exchange -> exchange.getMessage().setBody(question)));
            CompletableFuture<Exchange> unused = calls.get(i).whenComplete((exchange, failure) -> free.release());
        }
        for (int i = 0; i < CALLS; i++) {
            Exchange exchange = calls.get(i).get(20, TimeUnit.SECONDS);
            assertThat(exchange.getException()).as("call %d", i).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: q" + i);
        }
    }
}
