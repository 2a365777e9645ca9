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
package io.github.camelstackai.route.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attack in every place of a response, and oversized responses: no message, header or memory is affected. */
class HostileResponseTest extends HostileTest {
    private static final Set<String> OURS = Set.of(
            "CamelStackAiRunId",
            "CamelStackAiState",
            "CamelStackAiOutputs",
            "CamelStackAiCitations",
            "CamelStackAiPause",
            Exchange.REDELIVERY_DELAY);
    /** {@code maxResponseSize} and what the buffers hold. */
    private static final long MOST_BYTES = 48L << 20;

    static Stream<Arguments> everywhere() {
        return ResponsePlace.ALL.stream()
                .flatMap(place -> Attack.ALL.stream().map(attack -> Arguments.of(place, attack)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void attackIsShownOnOneLine(ResponsePlace place, Attack attack) {
        stackAi().reset();
        stackAi().enqueue(place.reply().apply(attack.text()));
        Throwable failure = call(place.uri());
        assertAllShowable(failure);
        if (failure instanceof StackAiOperationFailedException refused) {
            assertThat(refused.getResponseHeaders().values()).allMatch(value -> !value.matches("(?s).*[\\r\\n].*"));
        }
        assertNextCallsGetTheirOwnAnswers();
    }

    static Stream<Arguments> floods() {
        return Flood.ALL.stream()
                .flatMap(flood -> Stream.of("run:f", "stream:f", "stream:f?streamMode=collect", "metadata:f")
                        .map(call -> Arguments.of(call, flood)));
    }

    @ParameterizedTest
    @MethodSource("floods")
    void floodAffectsNeitherMemoryNorTheNextCall(String call, Flood flood) {
        stackAi().reset();
        stackAi().enqueue(flood.reply().get());
        String limit = flood.endless() ? (call.contains("?") ? "&" : "?") + "responseTimeout=300" : "";
        assertAllShowable(call("stackai:" + call + limit));
        assertThat(stackAi().requests().get(0).bytesSent()).isLessThan(MOST_BYTES);
        assertNextCallsGetTheirOwnAnswers();
    }

    /** Makes the call, reads a stream to its end, and returns the failure; null for none. */
    private static Throwable call(String uri) {
        Exchange exchange = template().request(uri, e -> e.getMessage().setBody("q"));
        assertThat(exchange.getMessage().getHeaders().keySet()).isSubsetOf(OURS);
        Throwable failure = exchange.getException();
        if (exchange.getMessage().getBody() instanceof StackAiStream stream) {
            failure = read(stream);
        }
        assertThat(failure).matches(e -> e == null || e instanceof StackAiFailure || e instanceof IOException);
        return failure;
    }

    private static Throwable read(StackAiStream stream) {
        try (stream) {
            stream.forEachRemaining(chunk -> assertThat(chunk.text()).isNotNull());
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static void assertNextCallsGetTheirOwnAnswers() {
        for (String question : List.of("1", "2")) {
            assertThat(template().requestBody("stackai:run:next", question)).isEqualTo("Answer to: " + question);
        }
    }
}
