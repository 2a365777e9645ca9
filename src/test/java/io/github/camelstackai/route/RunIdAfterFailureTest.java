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

import static io.github.camelstackai.route.Streams.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.Reply;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After a failed call the header {@code CamelStackAiRunId} names the failed run, or is absent. */
class RunIdAfterFailureTest extends RouteTest {
    /** A run that succeeds, and then the call. */
    private Exchange failAfterARun(String call, Reply reply) throws Exception {
        startRoutes(
                routes -> routes.from("direct:start").to("stackai:run:earlier").to("stackai:" + call));
        stackAi().enqueue(Reply.json(Map.of("outputs", Map.of("out-0", "x"), "run_id", "r-earlier")), reply);
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isNotNull();
        assertThat(stackAi().requestCount()).isEqualTo(2);
        return exchange;
    }

    private static Stream<Arguments> ofEachCall(Reply... replies) {
        return Stream.of("run:f", "stream:f", "stream:f?streamMode=collect")
                .flatMap(call -> Stream.of(replies).map(reply -> Arguments.of(call, reply)));
    }

    static Stream<Arguments> failuresWithoutARun() {
        return ofEachCall(
                Reply.error(422, "wrong"),
                Reply.error(500, "broken"),
                Reply.text("<html>login</html>"),
                Reply.json(Map.of("error", "quota")),
                Reply.reset());
    }

    @ParameterizedTest
    @MethodSource("failuresWithoutARun")
    void headerIsAbsentAfterAFailureWithoutARun(String call, Reply reply) throws Exception {
        assertThat(failAfterARun(call, reply).getMessage().getHeaders()).doesNotContainKey(StackAiConstants.RUN_ID);
    }

    static Stream<Arguments> failedRuns() {
        return ofEachCall(
                Reply.json(Map.of("run_id", "r-failed", "error", "quota")),
                Reply.json(Map.of("run_id", "r-failed", "state", "CANCELLED")));
    }

    @ParameterizedTest
    @MethodSource("failedRuns")
    void headerNamesTheFailedRun(String call, Reply reply) throws Exception {
        assertThat(failAfterARun(call, reply).getMessage().getHeader(StackAiConstants.RUN_ID))
                .isEqualTo("r-failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "oops\n", "{\"run_id\":\"r1\",\"error\":\"quota\"}\n"})
    void headerNamesTheRunOfABrokenStream(String lastLine) throws Exception {
        Reply reply = Reply.text(frame("half") + "\n" + lastLine);
        assertThat(failAfterARun("stream:f?streamMode=collect", reply)
                        .getMessage()
                        .getHeader(StackAiConstants.RUN_ID))
                .isEqualTo("r1");
    }

    @Test
    void headerIsAbsentAfterACallThatIsNotSent() throws Exception {
        startRoute("stackai:run:f");
        Exchange exchange = send(new Object(), Map.of(StackAiConstants.RUN_ID, "r-earlier"));
        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(StackAiConstants.RUN_ID);
    }

    /** Feedback and metadata read the header, also when they are redelivered. */
    @ParameterizedTest
    @ValueSource(strings = {"feedback:f", "metadata:f"})
    void failedFeedbackAndMetadataKeepTheHeader(String call) throws Exception {
        assertThat(failAfterARun(call, Reply.error(503, "later")).getMessage().getHeader(StackAiConstants.RUN_ID))
                .isEqualTo("r-earlier");
    }
}
