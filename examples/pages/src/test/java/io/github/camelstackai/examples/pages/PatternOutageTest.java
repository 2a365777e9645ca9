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
package io.github.camelstackai.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.net.ConnectException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the exchange of each pattern comes to when the service is down, and how often the service is asked. */
class PatternOutageTest extends PatternTest {
    /**
     * A pattern of the page.
     *
     * @param closed the failure without a connection; null if there is none
     * @param unavailable the failure after a 503; null if there is none
     * @param requests how many runs are asked for, if the service answers 503
     */
    record Pattern(
            String heading,
            Class<? extends Throwable> closed,
            Class<? extends Throwable> unavailable,
            int requests,
            String... ends) {
        static Pattern failing(String heading, String... ends) {
            return new Pattern(heading, ConnectException.class, StackAiOperationFailedException.class, 1, ends);
        }
    }

    private static final Pattern[] PATTERNS = {
        Pattern.failing("Fall back to another version or flow"),
        new Pattern("Circuit breaker", null, null, 1),
        new Pattern("Dead letters that can be replayed", null, null, 1, "answered"),
        new Pattern("The same event never twice", ConnectException.class, null, 1, "unclear"),
        Pattern.failing("Saga with compensation", "reserve", "release", "sign"),
        Pattern.failing("A limit of runs at once for one flow"),
        Pattern.failing("A limit by a throttle"),
        Pattern.failing("Answers from a cache"),
        Pattern.failing("A budget for a day"),
        Pattern.failing("Many answers into one"),
        new Pattern("Ask several flows and take the best", IllegalStateException.class, IllegalStateException.class, 2),
        Pattern.failing("A person approves", "asked", "waiting", "approved", "rejected"),
        Pattern.failing("Two versions and their ratings"),
        Pattern.failing("An audit log with masked texts"),
    };

    static Stream<Arguments> patterns() {
        return Arrays.stream(PATTERNS)
                .flatMap(pattern -> Arrays.stream(Language.values()).flatMap(language -> Arrays.stream(Outage.values())
                        .map(outage -> Arguments.argumentSet(
                                pattern.heading() + ", " + language + ", " + outage, pattern, language, outage))));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void failsAsThePageSays(Pattern pattern, Language language, Outage outage) throws Exception {
        down(outage);
        start(pattern.heading(), language, pattern.ends());

        Exchange exchange = send("Where is order 4711?", Map.of("orderId", "4711"));

        Class<? extends Throwable> failure = outage == Outage.CLOSED ? pattern.closed() : pattern.unavailable();
        if (failure == null) {
            assertThat(exchange.getException()).isNull();
        } else {
            assertThat(exchange.getException(failure)).isNotNull();
        }
        assertThat(simulator().requests().stream()
                        .filter(request -> request.path().contains("/run/")))
                .hasSize(outage == Outage.CLOSED ? 0 : pattern.requests());
    }

    /** What the calls of an exchange are answered with, in their order; 0 stands for the usual answer. */
    private static final int[][] STATUSES = {
        {0, 429}, {503, 429}, {429, 503}, {0, 0, 429}, {503, 503, 429}, {0, 0, 0, 429}
    };

    static Stream<Arguments> languages() {
        return Arrays.stream(PATTERNS).flatMap(pattern -> Arrays.stream(Language.values())
                .map(language -> Arguments.argumentSet(pattern.heading() + ", " + language, pattern, language)));
    }

    /** A caller that repeats what certainly did not run pays no run twice. */
    @ParameterizedTest
    @MethodSource("languages")
    void failureDoesNotDenyTheRunsThatTookPlace(Pattern pattern, Language language) throws Exception {
        start(pattern.heading(), language, pattern.ends());
        for (int[] statuses : STATUSES) {
            AtomicInteger calls = new AtomicInteger();
            AtomicBoolean mayHaveRun = new AtomicBoolean();
            simulator().script(request -> {
                if (!request.path().contains("/inference/")) {
                    return null;
                }
                int status = statuses[Math.min(calls.getAndIncrement(), statuses.length - 1)];
                mayHaveRun.compareAndSet(false, status != 429);
                return status == 0 ? null : Reply.error(status, "no");
            });
            String message =
                    IntStream.range(0, 45).mapToObj(i -> "Paragraph " + i).collect(Collectors.joining("\n\n"));
            Exchange exchange = send(message + Arrays.toString(statuses), Map.of("orderId", Arrays.toString(statuses)));
            if (exchange.isFailed() && mayHaveRun.get()) {
                assertThat(exchange.getProperty("CamelStackAiMayHaveRun"))
                        .as(Arrays.toString(statuses))
                        .isNotEqualTo(false);
            }
        }
    }

    /** Those whose messages come from files or Kafka have tests of their own. */
    @Test
    void eachPatternOfThePageIsTested() {
        Stream<String> elsewhere =
                Stream.of(BatchAtNightPatternTest.HEADING, KafkaPatternTest.HEADING, KnowledgePatternTest.HEADING);
        assertThat(PatternPage.page().headings("###"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Arrays.stream(PATTERNS).map(Pattern::heading), elsewhere)
                                .toList());
    }
}
