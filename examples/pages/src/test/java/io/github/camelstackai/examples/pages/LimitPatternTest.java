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
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The patterns of docs/patterns.md that limit what runs at once. */
class LimitPatternTest extends PatternTest {
    private static final String INSTANCE = "A limit of runs at once for one flow";
    private static final String THROTTLE = "A limit by a throttle";

    private final CompletableFuture<Void> release = new CompletableFuture<>();

    private List<CompletableFuture<Object>> ask(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> template.asyncRequestBody("direct:start", (Object) "q"))
                .toList();
    }

    private void awaitOpen(int requests) {
        await().atMost(PATIENCE).until(() -> simulator().openRequests() == requests);
    }

    private void assertLimited(String heading, Language language) throws Exception {
        start(heading, language);
        simulator().script(request -> Reply.usual().when(release));
        List<CompletableFuture<Object>> answers = ask(8);
        awaitOpen(4);
        release.complete(null);
        for (CompletableFuture<Object> answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("Answer to: q");
        }
        assertThat(simulator().maxOpenRequests()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void instanceOfItsOwnLimitsTheRunsOfItsFlow(Language language) throws Exception {
        assertLimited(INSTANCE, language);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void anotherFlowAnswersWhileFourReportsAreOpen(Language language) throws Exception {
        component.setMaxConnections(4);
        start(INSTANCE, language);
        simulator().script("report", request -> Reply.usual().when(release));
        List<CompletableFuture<Object>> reports = ask(8);
        awaitOpen(4);
        assertThat(template.requestBody("stackai:run:triage", (Object) "q")).isEqualTo("Answer to: q");
        assertThat(simulator().openRequests()).isEqualTo(4);
        release.complete(null);
        reports.forEach(report -> assertThat(report).succeedsWithin(PATIENCE));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void throttleLimitsTheMessagesInFlight(Language language) throws Exception {
        assertLimited(THROTTLE, language);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void messageThatFailsMakesRoomForTheNext(Language language) throws Exception {
        down(Outage.CLOSED);
        start(THROTTLE, language);
        ask(12).forEach(answer -> assertThat(answer).failsWithin(PATIENCE));
    }

    /** What the page warns of. The executor makes the ten seconds short. */
    @Test
    void throttleForgetsMessagesInFlight() throws Exception {
        ScheduledThreadPoolExecutor fast = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                return super.schedule(task, unit.toMillis(delay) / 100, TimeUnit.MILLISECONDS);
            }
        };
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .throttle(4)
                        .concurrentRequestsMode()
                        .executorService(fast)
                        .to("stackai:run:report");
            }
        });
        context.start();
        send("q");
        simulator().script(request -> Reply.usual().when(release));
        ask(4);
        awaitOpen(4);
        await().atMost(PATIENCE).until(() -> fast.getCompletedTaskCount() > 0);
        ask(4);
        awaitOpen(8);
        release.complete(null);
        fast.shutdownNow();
    }
}
