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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;

/** A route that consumes the log of runs, and what it received. */
abstract class RunsRouteTest extends RouteTest {
    static final String FAST = "stackai:runs:f?initialDelay=0&delay=20";
    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    static final String SINCE_NOON = FAST + "&startFrom=" + NOON;

    /** What the route received, as {@code id:state}. */
    final List<String> told = new CopyOnWriteArrayList<>();

    /** Camel looks once a second whether a poll has ended. */
    @BeforeEach
    void stopSoon() {
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        context.getShutdownStrategy().setTimeout(50);
    }

    void log(String id, Instant date, Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("run_id", id);
        fields.put("date", date == null ? null : date.toString());
        stackAi().logRun("f", fields);
    }

    void log(String id, Instant date) {
        log(id, date, Map.of());
    }

    void tell(Exchange exchange) {
        told.add(exchange.getMessage().getHeader(StackAiConstants.RUN_ID) + ":"
                + exchange.getMessage().getHeader(StackAiConstants.STATE));
    }

    void consume(String uri) throws Exception {
        startRoutes(routes -> routes.from(uri).routeId("log").process(this::tell));
    }

    void eventuallyTold(String... runs) {
        eventually("the runs are told", () -> assertThat(told).containsExactly(runs));
    }

    /** Waits until the consumer has polled twice more, so that what it has not told it does not tell. */
    void pollTwice() {
        long before = stackAi().requestCount();
        eventually(
                "the consumer polls", () -> assertThat(stackAi().requestCount()).isGreaterThanOrEqualTo(before + 6));
    }
}
