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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiConstants;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

/** What a run that cannot be processed does to the others, and a consumer that cannot start. */
class RunsConsumerFailureTest extends RunsRouteTest {
    private void fail(Exchange exchange) {
        tell(exchange);
        Object id = exchange.getMessage().getHeader(StackAiConstants.RUN_ID);
        if (id != null && id.toString().startsWith("bad")) {
            throw new IllegalStateException("not now");
        }
    }

    @Test
    void exchangeThatFailsComesAgainAndTheOthersContinue() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        startRoutes(routes -> routes.from(SINCE_NOON).process(this::tell).process(exchange -> {
            if ("bad".equals(exchange.getMessage().getHeader(StackAiConstants.RUN_ID))
                    && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
        }));
        log("bad", NOON);
        log("good", NOON.plus(Duration.ofDays(2))); // beyond what lookback shows

        eventually("the run is told until its exchange succeeds", () -> assertThat(told)
                .containsOnlyOnce("good:COMPLETED")
                .filteredOn("bad:COMPLETED"::equals)
                .hasSize(3));
        pollTwice();
        assertThat(told).hasSize(4);
    }

    @Test
    void rolledBackExchangeComesAgain() throws Exception {
        AtomicInteger rollbacks = new AtomicInteger(1);
        startRoutes(routes -> routes.from(SINCE_NOON)
                .process(this::tell)
                .process(exchange -> exchange.setRollbackOnly(rollbacks.getAndDecrement() > 0)));
        log("r", NOON);

        eventuallyTold("r:COMPLETED", "r:COMPLETED");
        pollTwice();
        assertThat(told).hasSize(2);
    }

    /** With {@code greedy} Camel polls again at once if a poll processed anything. Nor is such a poll idle. */
    @Test
    void pollWhoseRunsFailHasProcessedNothing() throws Exception {
        List<Integer> processed = new CopyOnWriteArrayList<>();
        context.getRegistry().bind("strategy", new DefaultPollingConsumerPollStrategy() {
            @Override
            public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
                processed.add(polledMessages);
            }
        });
        log("bad", NOON);
        String uri = SINCE_NOON.replace("delay=20&", "") // one poll within the test
                + "&greedy=true&sendEmptyMessageWhenIdle=true&pollStrategy=#strategy";
        startRoutes(routes -> routes.from(uri).process(this::fail));

        eventually("the consumer has polled", () -> assertThat(processed).isNotEmpty());
        assertThat(processed).containsExactly(0);
        assertThat(told).containsExactly("bad:COMPLETED");
    }

    @Test
    void runsThatFailDoNotHideOthersBeyondMaxMessagesPerPoll() throws Exception {
        IntStream.range(0, 3).forEach(i -> log("bad" + i, NOON.plusSeconds(i)));
        log("good", NOON.plusSeconds(3));
        startRoutes(routes -> routes.from(SINCE_NOON + "&maxMessagesPerPoll=2").process(this::fail));

        eventually("the other run is told once, and those that fail again", () -> assertThat(told)
                .containsOnlyOnce("good:COMPLETED")
                .filteredOn("bad2:COMPLETED"::equals)
                .hasSizeGreaterThan(2));
    }

    @Test
    void consumerWhoseStartFailedCanBeStopped() throws Exception {
        MemoryIdempotentRepository repository = new MemoryIdempotentRepository() {
            @Override
            protected void doStart() {
                throw new IllegalStateException("no database");
            }
        };
        context.getRegistry().bind("seen", repository);
        context.start();
        Consumer consumer =
                context.getEndpoint(SINCE_NOON + "&idempotentRepository=#seen").createConsumer(exchange -> {});

        assertThatThrownBy(consumer::start).hasStackTraceContaining("no database");
        assertThatCode(consumer::stop).doesNotThrowAnyException();
    }
}
