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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.ExchangePropertyKey;
import org.junit.jupiter.api.Test;

/** A poll of {@code from("stackai:runs:flow")}: its batch, its pages and its failure. */
class RunsPollTest extends RunsRouteTest {
    @Test
    void maxMessagesPerPollLimitsABatchAndTheNextPollContinues() throws Exception {
        List<Object> sizes = new CopyOnWriteArrayList<>();
        IntStream.range(0, 5).forEach(i -> log("r" + i, NOON.plus(Duration.ofHours(2L * i))));
        startRoutes(routes -> routes.from(SINCE_NOON + "&maxMessagesPerPoll=2")
                .process(this::tell)
                .process(exchange -> sizes.add(exchange.getProperty(ExchangePropertyKey.BATCH_SIZE))));

        eventuallyTold("r0:COMPLETED", "r1:COMPLETED", "r2:COMPLETED", "r3:COMPLETED", "r4:COMPLETED");
        assertThat(sizes).containsExactly(2, 2, 2, 2, 1);
    }

    @Test
    void greedyConsumerPollsAgainAtOnceWhileThereIsMore() throws Exception {
        IntStream.range(0, 3).forEach(i -> log("r" + i, NOON.plusSeconds(i)));

        consume("stackai:runs:f?initialDelay=0&greedy=true&maxMessagesPerPoll=1&startFrom=" + NOON);

        eventuallyTold("r0:COMPLETED", "r1:COMPLETED", "r2:COMPLETED"); // the delay is a minute
    }

    @Test
    void emptyMessageIsSentWhenIdle() throws Exception {
        consume(SINCE_NOON + "&sendEmptyMessageWhenIdle=true");

        eventually("an empty message is sent", () -> assertThat(told).contains("null:null"));
    }

    @Test
    void failedPollGoesToTheErrorHandlerAndTheNextOneCatchesUp() throws Exception {
        List<String> failures = new CopyOnWriteArrayList<>();
        stackAi().enqueue(Reply.error(503, "maintenance"));
        log("r", NOON);
        startRoutes(routes -> {
            routes.onException(Exception.class)
                    .handled(true)
                    .process(exchange ->
                            failures.add(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class)
                                    .getMessage()));
            routes.from(SINCE_NOON + "&bridgeErrorHandler=true").process(this::tell);
        });

        eventuallyTold("r:COMPLETED");
        assertThat(failures).singleElement().asString().contains("StackAI runs of flow f", "503", "maintenance");
    }

    /** The first page has arrived: what it said is told with the whole. */
    @Test
    void failureOnALaterPageLosesNothing() throws Exception {
        IntStream.range(0, 150).forEach(i -> log("r" + i, NOON.plusSeconds(i)));
        AtomicInteger failures = new AtomicInteger(1);
        stackAi()
                .script(request ->
                        "1".equals(request.query("page")) && failures.getAndDecrement() > 0 ? Reply.reset() : null);

        consume(SINCE_NOON);

        eventually("all are told", () -> assertThat(told).hasSize(150));
    }

    @Test
    void pageThatShiftsWhileItIsReadLosesNothing() throws Exception {
        IntStream.range(0, 150).forEach(i -> log("r" + i, NOON.plusSeconds(i)));
        AtomicInteger next = new AtomicInteger(150);
        stackAi().script(request -> {
            if (next.get() < 200) {
                IntStream.range(0, 10).forEach(i -> log("r" + next.get(), NOON.plusSeconds(next.getAndIncrement())));
            }
            return null;
        });

        consume(SINCE_NOON);

        eventually("each is told once", () -> assertThat(told).hasSize(200).doesNotHaveDuplicates());
    }

    @Test
    void exchangesThatContinueOnOtherThreadsAreProcessedOneAfterTheOther() throws Exception {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        stackAi().script("slow", request -> Reply.usual().after(Duration.ofMillis(20)));
        startRoutes(routes -> routes.from(SINCE_NOON)
                .process(exchange -> most.accumulateAndGet(inFlight.incrementAndGet(), Math::max))
                .process(this::tell)
                .removeHeader(StackAiConstants.FLOW_ID)
                .to("stackai:run:slow")
                .process(exchange -> inFlight.decrementAndGet()));
        IntStream.range(0, 5).forEach(i -> log("r" + i, NOON.plusSeconds(i)));

        eventuallyTold("r0:COMPLETED", "r1:COMPLETED", "r2:COMPLETED", "r3:COMPLETED", "r4:COMPLETED");
        assertThat(most).hasValue(1);
    }
}
