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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.route.ErrorRecipe.Language;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes of docs/errors.md that repeat no run, in Java, YAML and XML. */
class NoSecondRunRecipesTest extends RouteTest {
    static Stream<Arguments> neverRun() {
        return inEachLanguage(425, 429);
    }

    static Stream<Arguments> mayHaveRun() {
        return inEachLanguage(408, 500, 502, 503, 504);
    }

    static Stream<Arguments> whenBack() {
        return inEachLanguage(422, 500);
    }

    private static Stream<Arguments> inEachLanguage(int... statuses) {
        return Arrays.stream(Language.values())
                .flatMap(language -> IntStream.of(statuses).mapToObj(status -> Arguments.of(language, status)));
    }

    @ParameterizedTest
    @MethodSource("neverRun")
    void neverTwiceRepeatsWhatDidNotRun(Language language, int status) throws Exception {
        ErrorRecipe.NEVER_TWICE.start(context, language);
        stackAi().enqueue(Reply.error(status, "slow down"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
        assertRequests(2);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void neverTwiceRepeatsWhatHadNoConnection(Language language) throws Exception {
        assertAnsweredWhenTheServiceIsThere(ErrorRecipe.NEVER_TWICE, language);
    }

    @ParameterizedTest
    @MethodSource("mayHaveRun")
    void neverTwiceDoesNotRepeatWhatMayHaveRun(Language language, int status) throws Exception {
        ErrorRecipe.NEVER_TWICE.start(context, language);
        stackAi().enqueue(Reply.error(status, "?"));
        assertThat(send("q").getException()).isInstanceOf(StackAiOperationFailedException.class);
        assertRequests(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void neverTwiceDoesNotRepeatSilence(Language language) throws Exception {
        component.getConfiguration().setResponseTimeout(Duration.ofMillis(300));
        ErrorRecipe.NEVER_TWICE.start(context, language);
        stackAi().enqueue(Reply.never());
        assertThat(send("q").getException()).isInstanceOf(SocketTimeoutException.class);
        assertRequests(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void neverTwiceDoesNotRepeatABrokenConnection(Language language) throws Exception {
        ErrorRecipe.NEVER_TWICE.start(context, language);
        stackAi().enqueue(Reply.reset());
        assertThat(send("q").getException()).isInstanceOf(IOException.class);
        assertRequests(1);
    }

    /** The clause of the first failure stays in force in Camel when the next failure matches no clause. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void neverTwiceDoesNotRepeatWhatMayHaveRunAfterARefusal(Language language) throws Exception {
        ErrorRecipe.NEVER_TWICE.start(context, language);
        stackAi().enqueue(Reply.error(429, "slow down"), Reply.error(500, "?"));
        assertThat(send("q").getException()).isInstanceOf(StackAiOperationFailedException.class);
        stackAi().enqueue(Reply.error(429, "slow down"), Reply.reset());
        assertThat(send("q").getException()).isInstanceOf(IOException.class);
        stackAi().enqueue(Reply.error(429, "slow down"), failedRun());
        assertThat(send("q").getException()).isInstanceOf(StackAiRunFailedException.class);
        assertRequests(6);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void neverTwiceGivesUpAfterFiveRedeliveries(Language language) throws Exception {
        ErrorRecipe.NEVER_TWICE.start(context, language);
        stackAi().script(request -> Reply.error(429, "slow down"));
        assertThat(send("q").getException()).isInstanceOf(StackAiOperationFailedException.class);
        assertRequests(6);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void neverTwiceWaitsItsOwnDelay(Language language) throws Exception {
        ErrorRecipe.NEVER_TWICE.startWithDelays(context, language);
        stackAi().enqueue(Reply.error(429, "slow down"));
        assertThat(send("q").getException()).isNull();
        assertThat(waited()).isBetween(Duration.ofMillis(190), Duration.ofSeconds(20));
    }

    @Test
    void neverTwiceWaitsAsLongAsTheServiceAsks() throws Exception {
        ErrorRecipe.NEVER_TWICE.startWithDelays(context, Language.JAVA);
        stackAi().enqueue(Reply.error(429, "slow down").header("Retry-After", "0.5"));
        assertThat(send("q").getException()).isNull();
        assertThat(waited()).isBetween(Duration.ofMillis(490), Duration.ofSeconds(20));
    }

    /** The time between the first two requests. */
    private Duration waited() {
        return Duration.ofNanos(stackAi().requests().get(1).arrivedNanos()
                - stackAi().requests().get(0).arrivedNanos());
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void gatewayDownWaitsForTheService(Language language) throws Exception {
        assertAnsweredWhenTheServiceIsThere(ErrorRecipe.GATEWAY_DOWN, language);
    }

    /** 422 did not run, but waiting does not correct the inputs. */
    @ParameterizedTest
    @MethodSource("whenBack")
    void gatewayDownRepeatsNothingWhenTheServiceIsBack(Language language, int status) throws Exception {
        int port = freePort();
        component.getConfiguration().setBaseUrl("http://127.0.0.1:" + port);
        ErrorRecipe.GATEWAY_DOWN.startWithDelays(context, language);
        var answer = template.asyncRequestBody("direct:start", "q");
        awaitRedelivery();
        try (var late = StackAiSimulator.builder().port(port).start()) {
            late.script(request -> Reply.error(status, "?"));
            assertThat(answer)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withStackTraceContaining("HTTP status " + status);
            assertThat(late.requestCount()).isEqualTo(1);
        }
    }

    private void assertAnsweredWhenTheServiceIsThere(ErrorRecipe recipe, Language language) throws Exception {
        int port = freePort();
        component.getConfiguration().setBaseUrl("http://127.0.0.1:" + port);
        recipe.startWithDelays(context, language);
        var answer = template.asyncRequestBody("direct:start", "q");
        awaitRedelivery();
        try (var late = StackAiSimulator.builder().port(port).start()) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("Answer to: q");
            assertThat(late.requestCount()).isEqualTo(1);
        }
    }

    private static Reply failedRun() {
        return Reply.json(Map.of("run_id", "r-1", "error", "no credits"));
    }

    private void assertRequests(int count) {
        assertThat(stackAi().requestCount()).isEqualTo(count);
    }

    /** The first attempt has failed, and the exchange waits for the next. */
    private void awaitRedelivery() {
        eventually("the first attempt has failed", () -> assertThat(component.getCallsEnded())
                .isPositive());
        assertThat(context.getInflightRepository().size()).isEqualTo(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return unused.getLocalPort();
        }
    }
}
