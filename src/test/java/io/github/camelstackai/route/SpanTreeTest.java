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

import static io.github.camelstackai.route.RecordedSpans.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.Reply;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** When the span of a call begins and ends, and where it is in its trace. */
class SpanTreeTest extends RouteTest {
    private final RecordedSpans spans = new RecordedSpans(context);

    @Test
    void nextStepIsASiblingOfTheCall() throws Exception {
        startRoutes(routes -> {
            routes.from("direct:start").to("stackai:run:f").to("direct:next");
            routes.from("direct:next").to("mock:next");
        });
        stackAi().enqueue(Reply.usual().after(Duration.ofMillis(50)));
        send("q");
        SpanData call = spans.call();
        SpanData mock = spans.named("mock");
        List<SpanData> route = spans.all().stream()
                .filter(span -> span.getSpanId().equals(call.getParentSpanId()))
                .toList();
        assertThat(route).as("the parent is the route").hasSize(1);
        assertThat(spans.all())
                .as("one trace, and the call has no child")
                .allMatch(span -> span.getTraceId().equals(call.getTraceId()))
                .noneMatch(span -> span.getParentSpanId().equals(call.getSpanId()));
        assertThat(mock.getStartEpochNanos()).isGreaterThanOrEqualTo(call.getEndEpochNanos());
        assertThat(call.getEndEpochNanos() - call.getStartEpochNanos())
                .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
    }

    @Test
    void spanOfAStreamEndsWithTheFirstFrame() throws Exception {
        CompletableFuture<Void> rest = new CompletableFuture<>();
        List<Integer> whileRead = new ArrayList<>();
        startRoutes(routes -> routes.from("direct:start").to("stackai:stream:f").process(exchange -> {
            whileRead.add(spans.calls().size());
            rest.complete(null);
            Streams.read(exchange.getMessage().getBody(StackAiStream.class));
        }));
        stackAi().enqueue(Streams.reply("a", "b"));
        send("q");
        assertThat(whileRead).containsExactly(1);
        assertThat(attribute(spans.call(), "stackai.run.id")).isEqualTo("r1");
    }

    @Test
    void eachAttemptOfARedeliveryHasASpan() throws Exception {
        startRoutes(routes -> {
            routes.from("direct:start")
                    .onException(StackAiOperationFailedException.class)
                    .maximumRedeliveries(2)
                    .redeliveryDelay(1)
                    .asyncDelayedRedelivery()
                    .end()
                    .to("stackai:run:f");
        });
        stackAi().enqueue(Reply.error(503, "no"), Reply.error(429, "no"), Reply.usual());
        assertThat(send("q").getException()).isNull();
        assertThat(spans.calls())
                .extracting(span -> attribute(span, "http.response.status_code"))
                .containsExactly("503", "429", "200");
        assertThat(spans.calls())
                .extracting(SpanData::getParentSpanId)
                .containsOnly(spans.calls().get(0).getParentSpanId());
        assertThat(attribute(spans.calls().get(2), "error.type")).isNull();
    }

    @Test
    void callsOfAMulticastAreSiblings() throws Exception {
        startRoutes(routes -> routes.from("direct:start")
                .multicast()
                .parallelProcessing()
                .to("stackai:run:a", "stackai:run:b", "stackai:run:c"));
        send("q");
        assertThat(spans.calls()).extracting(SpanData::getName).containsExactlyInAnyOrder("run a", "run b", "run c");
        assertThat(spans.calls())
                .extracting(span -> span.getTraceId() + span.getParentSpanId())
                .containsOnly(
                        spans.calls().get(0).getTraceId() + spans.calls().get(0).getParentSpanId());
    }

    @Test
    void noScopeIsLeftOnTheThreads() throws Exception {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            component.setWorkerPool(worker);
            startRoute("stackai:run:f");
            CompletableFuture<Exchange> sent =
                    template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
            assertThat(sent.get(5, TimeUnit.SECONDS).getException()).isNull();
            assertThat(worker.submit(() -> Span.current().getSpanContext().isValid())
                            .get())
                    .as("the thread on which the route continued")
                    .isFalse();
        } finally {
            worker.shutdown();
        }
    }

    /** Camel before 4.22 leaves the scope of an asynchronous call on the thread that made it. */
    @Test
    void nextExchangeOfTheSameThreadHasATraceOfItsOwn() throws Exception {
        startRoute("stackai:run:f");
        stackAi().enqueue(Reply.usual().after(Duration.ofMillis(50)));
        AsyncProducer route = context.getEndpoint("direct:start").createAsyncProducer();
        CountDownLatch done = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            assertThat(route.process(exchange(), sync -> done.countDown())).isFalse();
        }
        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        List<SpanData> calls = spans.calls();
        assertThat(calls).hasSize(2).extracting(SpanData::getTraceId).doesNotHaveDuplicates();
        assertThat(spans.all())
                .filteredOn(span -> span.getSpanId().equals(calls.get(0).getParentSpanId())
                        || span.getSpanId().equals(calls.get(1).getParentSpanId()))
                .hasSize(2)
                .allMatch(parent -> parent.getParentSpanId().equals("0000000000000000"));
    }

    private Exchange exchange() {
        Exchange exchange = context.getEndpoint("direct:start").createExchange();
        exchange.getMessage().setBody("q");
        return exchange;
    }

    @Test
    void everyOneOfManyCallsHasOneSpan() throws Exception {
        startRoutes(routes -> {
            routes.from("direct:run").toD("stackai:run:f-${body}");
            routes.from("direct:collect").toD("stackai:stream:f-${body}?streamMode=collect");
            routes.from("direct:chunks").toD("stackai:stream:f-${body}").convertBodyTo(String.class);
        });
        stackAi().script(request -> request.path().endsWith("0") ? Reply.error(503, "no") : null);
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            for (String route : List.of("run", "collect", "chunks")) {
                sent.add(template.asyncSendBody("direct:" + route, i).thenApply(body -> null));
                names.add((route.equals("run") ? "run" : "stream") + " f-" + i);
            }
        }
        for (CompletableFuture<Exchange> each : sent) {
            each.exceptionally(failure -> null).get(10, TimeUnit.SECONDS);
        }
        assertThat(spans.calls()).extracting(SpanData::getName).containsExactlyInAnyOrderElementsOf(names);
        assertThat(spans.calls())
                .filteredOn(span -> attribute(span, "error.type") != null)
                .hasSize(30)
                .allMatch(span -> span.getName().endsWith("0"));
    }
}
