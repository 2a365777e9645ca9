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
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiIndexingException;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.RecordedResource;
import io.github.camelstackai.simulator.Reply;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An upload that waits until its file is indexed. */
class AwaitIndexedTest extends RouteTest {
    private static final String BASE = "0b5d0a4e-1111-4222-8333-444455556666";
    private static final String URI =
            "stackai:knowledge?knowledgeBaseId=" + BASE + "&awaitIndexed=true&indexPollInterval=5&fileName=a.txt";

    private RecordedResource stored() {
        return stackAi().resources(BASE).get(0);
    }

    private CompletableFuture<Exchange> begin() {
        return template.asyncSend(
                "direct:start", exchange -> exchange.getMessage().setBody("x"));
    }

    /** Answers the first requests for a status so, and the others as usual. */
    private void firstStatuses(int count, Function<RecordedRequest, Reply> reply) {
        AtomicInteger asked = new AtomicInteger();
        stackAi()
                .script(request -> request.method().equals("GET") && asked.incrementAndGet() <= count
                        ? reply.apply(request)
                        : null);
    }

    @Test
    void continuesWhenTheFileIsIndexed() throws Exception {
        startRoute(URI);
        Exchange exchange = send("x");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("status", "indexed");
        assertThat(exchange.getMessage().getHeader(StackAiConstants.RESOURCE_ID))
                .isEqualTo(stored().resourceId());
        assertThat(stackAi().requests())
                .extracting(RecordedRequest::method)
                .containsExactly("POST", "GET", "GET", "GET");
        assertThat(component.getCallsEnded())
                .as("the wait is a part of the call")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "deleted", "pending_delete"})
    void failsWhenTheFileWillNotBeIndexed(String status) throws Exception {
        stackAi().indexing("resource", "pending", status);
        startRoute(URI);
        Exchange exchange = send("x", Map.of(StackAiConstants.RESOURCE_ID, "of an earlier upload"));
        StackAiIndexingException failure = (StackAiIndexingException) exchange.getException();
        assertThat(failure)
                .hasMessageContainingAll(
                        "'a.txt'", BASE, stored().resourceId(), "status is " + status, "action=delete");
        assertThat(failure.getStatus()).isEqualTo(status);
        assertThat(failure.mayHaveRun()).isTrue();
        assertThat(component.getFailuresByKind()).isEqualTo(Map.of("not_indexed", 1L));
        assertThat(exchange.getMessage().getHeader(StackAiConstants.RESOURCE_ID))
                .isEqualTo(stored().resourceId());
        assertThat(exchange.getProperty(StackAiConstants.MAY_HAVE_RUN)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void asksAgainWhileTheServiceIsUnavailable(int status) throws Exception {
        startRoute(URI);
        firstStatuses(2, request -> Reply.error(status, "later").header("Retry-After", "0"));
        assertThat(send("x").getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("status", "indexed");
        assertThat(stackAi().resources(BASE)).as("the upload is not repeated").hasSize(1);
    }

    @Test
    void asksAgainAfterABrokenConnection() throws Exception {
        startRoute(URI);
        firstStatuses(1, request -> Reply.reset());
        assertThat(send("x").getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("status", "indexed");
    }

    @Test
    void waitsAsLongAsTheServiceAsks() throws Exception {
        startRoute(URI);
        firstStatuses(1, request -> Reply.error(429, "slow down").header("Retry-After", "0.2"));
        send("x");
        RecordedRequest refused = stackAi().requests().get(1);
        RecordedRequest next = stackAi().requests().get(2);
        assertThat(Duration.ofNanos(next.arrivedNanos() - refused.arrivedNanos()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }

    @ParameterizedTest
    @CsvSource({"401,the status is not known to the caller", "404,gone", "422,broken"})
    void otherRefusalFailsWithTheIdOfTheFile(int status, String detail) throws Exception {
        startRoute(URI);
        firstStatuses(1, request -> Reply.error(status, detail));
        Exchange exchange = send("x");
        assertThat(exchange.getException())
                .isInstanceOf(StackAiIndexingException.class)
                .hasCauseInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContainingAll(detail, stored().resourceId(), "action=status");
        assertThat(exchange.getProperty(StackAiConstants.MAY_HAVE_RUN)).isEqualTo(true);
        assertThat(exchange.getMessage().getHeader(StackAiConstants.RESOURCE_ID))
                .isEqualTo(stored().resourceId());
    }

    @Test
    void serviceThatDoesNotRecoverEndsTheWait() throws Exception {
        startRoute(URI);
        firstStatuses(Integer.MAX_VALUE, request -> Reply.error(500, "broken"));
        assertThat(send("x").getException())
                .isInstanceOf(StackAiIndexingException.class)
                .hasMessageContainingAll("100 requests in a row", "broken", "action=status");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"detail\": \"x\"}",
                "{\"status\": null}",
                "{\"status\": {}}",
                "{\"status\": \" \"}",
                "[]",
                "no JSON"
            })
    void answerWithoutAStatusFails(String answer) throws Exception {
        startRoute(URI);
        firstStatuses(1, request -> Reply.json(answer));
        Exchange exchange = send("x");
        assertThat(exchange.getException())
                .isInstanceOf(StackAiIndexingException.class)
                .hasCauseInstanceOf(StackAiResponseException.class)
                .hasMessageContainingAll(stored().resourceId(), "action=status");
    }

    @Test
    void messageShowsNoCredential() throws Exception {
        startRoute(URI);
        String key = stackAi().apiKey();
        stackAi().enqueue(Reply.json(Map.of("resource_id", "r-" + key)));
        stackAi().enqueue(Reply.json(Map.of("status", "of " + key)));
        stackAi().enqueue(Reply.error(404, "gone"));
        StackAiIndexingException failure = (StackAiIndexingException) send("x").getException();
        assertThat(failure).hasMessageContainingAll("gone", "status is of ");
        assertThat(failure.toString() + failure.getStatus()).doesNotContain(key);
    }

    @Test
    void waitThatEndsWithdrawsItsRequest() throws Exception {
        startRoutes(routes -> routes.from("direct:start").routeId("r").to(URI));
        firstStatuses(1, request -> Reply.never());
        CompletableFuture<Exchange> waiting = begin();
        await().until(() -> stackAi().requestCount() == 2);
        context.getRouteController().stopRoute("r", 1, TimeUnit.MILLISECONDS);
        assertThat(waiting.get(5, TimeUnit.SECONDS).getException()).hasMessageContaining("the route was stopped");
        await().untilAsserted(() -> assertThat(component.leasedConnections()).isZero());
    }

    @Test
    void uploadThatIsRefusedLeavesNoId() throws Exception {
        startRoute(URI);
        stackAi().enqueue(Reply.error(413, "too large"));
        Exchange exchange = send("x", Map.of(StackAiConstants.RESOURCE_ID, "of an earlier upload"));
        assertThat(exchange.getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContaining("larger than the service");
        assertThat(exchange.getProperty(StackAiConstants.MAY_HAVE_RUN)).isEqualTo(false);
        assertThat(exchange.getMessage().getHeader(StackAiConstants.RESOURCE_ID))
                .isNull();
    }

    @Test
    void totalTimeoutLimitsTheWait() throws Exception {
        stackAi().indexing("parsed");
        startRoute(URI + "&totalTimeout=300");
        long begin = System.nanoTime();
        Exchange exchange = send("x");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(290), Duration.ofSeconds(3));
        assertThat(exchange.getException())
                .isInstanceOf(StackAiIndexingException.class)
                .hasCauseInstanceOf(SocketTimeoutException.class)
                .hasMessageContainingAll("totalTimeout", "0.3s", "parsed");
    }

    @Test
    void waitEndsWithItsRoute() throws Exception {
        stackAi().indexing("parsed");
        startRoutes(routes -> routes.from("direct:start").routeId("r").to(URI.replace("Interval=5", "Interval=1h")));
        CompletableFuture<Exchange> waiting = begin();
        await().until(() -> !stackAi().resources(BASE).isEmpty());
        await().until(() -> component.leasedConnections() == 0);
        context.getRouteController().stopRoute("r", 1, TimeUnit.MILLISECONDS);
        assertThat(waiting.get(5, TimeUnit.SECONDS).getException())
                .isInstanceOf(StackAiIndexingException.class)
                .hasMessageContainingAll("the route was stopped", "action=status");
    }

    @Test
    void waitEndsWithTheComponent() throws Exception {
        stackAi().indexing("parsed");
        context.start();
        CompletableFuture<Exchange> waiting =
                template.asyncSend(URI.replace("Interval=5", "Interval=1h"), exchange -> exchange.getMessage()
                        .setBody("x"));
        await().until(() -> !stackAi().resources(BASE).isEmpty());
        await().until(() -> component.leasedConnections() == 0);
        component.stop();
        assertThat(waiting.get(5, TimeUnit.SECONDS).getException())
                .isInstanceOf(StackAiIndexingException.class)
                .hasMessageContaining("the component was stopped");
    }

    @Test
    void waitEndsWithItsExchange() throws Exception {
        stackAi().indexing("parsed");
        startRoute(URI);
        CompletableFuture<Exchange> cancelled = new CompletableFuture<>();
        CompletableFuture<Exchange> waiting = template.asyncSend("direct:start", exchange -> {
            exchange.getMessage().setBody("x");
            cancelled.complete(exchange);
        });
        await().until(() -> stackAi().requestCount() > 2);
        cancelled.get().setException(new IllegalStateException("a circuit breaker has timed out"));
        waiting.get(5, TimeUnit.SECONDS);
        long asked = stackAi().requestCount();
        await().during(Duration.ofMillis(50)).until(() -> stackAi().requestCount() == asked);
    }

    /** Each exchange holds neither a thread nor a connection while it waits. */
    @Test
    void tenThousandExchangesWaitWithoutThreads() throws Exception {
        int count = 10_000;
        AtomicInteger uploads = new AtomicInteger();
        AtomicBoolean indexed = new AtomicBoolean();
        component.setMaxConnections(50);
        stackAi().script(request -> {
            boolean upload = request.method().equals("POST") && uploads.incrementAndGet() > 0;
            return upload || indexed.get() ? null : Reply.json("{\"status\":\"parsed\"}");
        });
        stackAi().indexing("indexed");
        startRoute(URI.replace("Interval=5", "Interval=3s"));
        List<CompletableFuture<Exchange>> waiting =
                IntStream.range(0, count).mapToObj(i -> begin()).toList();
        await().atMost(Duration.ofSeconds(20)).until(() -> uploads.get() == count);
        assertThat(component.getCallsInFlight()).isEqualTo(count);
        assertThat(Thread.activeCount()).isLessThan(100);
        indexed.set(true);
        assertThat(waiting)
                .allSatisfy(end ->
                        assertThat(end.get(30, TimeUnit.SECONDS).getException()).isNull());
    }
}
