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

import static io.github.camelstackai.route.Streams.END;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.lines;
import static io.github.camelstackai.route.Streams.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiProgress;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A streamed answer as routes and callers see it. */
class StreamTest extends RouteTest {
    /** Opens a stream outside any route. */
    private StackAiStream open(String uri, Reply reply) {
        if (!context.isStarted()) {
            context.start();
        }
        stackAi().enqueue(reply);
        Exchange exchange = template.request(uri, e -> e.getMessage().setBody("q"));
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(StackAiStream.class);
    }

    private StackAiStream open(Reply reply) {
        return open("stackai:stream:f", reply);
    }

    private Exchange failed(String uri, Reply reply) {
        if (!context.isStarted()) {
            context.start();
        }
        stackAi().enqueue(reply);
        Exchange exchange = template.request(uri, e -> e.getMessage().setBody("q"));
        assertThat(exchange.getException()).isNotNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("q");
        return exchange;
    }

    private static List<StackAiChunk> read(StackAiStream stream) {
        List<StackAiChunk> chunks = new ArrayList<>();
        stream.forEachRemaining(chunks::add);
        return chunks;
    }

    // ---- chunks

    @Test
    void chunksCarryWhatTheFramesSay() {
        List<StackAiChunk> chunks = read(open(reply("Hel", "lo 😀")));
        assertThat(chunks).extracting(StackAiChunk::text).containsExactly("Hel", "lo 😀", "");
        assertThat(chunks).extracting(StackAiChunk::isLast).containsExactly(false, false, true);
        assertThat(chunks).extracting(StackAiChunk::runId).containsOnly("r1");
        assertThat(chunks.get(0).progress()).isEqualTo(new StackAiProgress("Output", 2, 1, 3));
        assertThat(chunks.get(0).outputs()).isEqualTo(Map.of("out-0", "Hel"));
        assertThat(chunks.get(0).raw()).containsKeys("progress_data", "state");
        assertThat(chunks.get(2).state()).isEqualTo("COMPLETED");
        assertThat(chunks.get(2).progress()).isNull();
    }

    @Test
    void runIdIsOnTheMessageAndHeadersOfAnEarlierRunAreGone() {
        context.start();
        stackAi().enqueue(reply("x"));
        Exchange exchange = template.request("stackai:stream:f", e -> {
            e.getMessage().setBody("q");
            e.getMessage().setHeader(StackAiConstants.STATE, "old");
        });
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(StackAiConstants.RUN_ID, "r1")
                .doesNotContainKey(StackAiConstants.STATE);
        exchange.getMessage().getBody(StackAiStream.class).close();
    }

    @Test
    void chosenOutputIsTheText() {
        String two = "{\"outputs\":{\"out-0\":\"a\",\"out-1\":\"b\"}}\n" + END + "\n";
        assertThat(read(open("stackai:stream:f?output=out-1", Reply.text(two))))
                .extracting(StackAiChunk::text)
                .containsExactly("b", "");
        assertThat(read(open(Reply.text(two)))).extracting(StackAiChunk::text).containsExactly("", "");
        StackAiStream several = open(Reply.text(two));
        assertThatThrownBy(several::text)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[out-0, out-1]");
        several.close();
    }

    @Test
    void pauseEndsTheStreamWithoutAnError() {
        List<StackAiChunk> chunks =
                read(open(Reply.text(frame("a") + "\n{\"outputs\":{},\"pause\":{\"node\":\"n\"},\"state\":null}\n")));
        assertThat(chunks.get(1).isLast()).isTrue();
        assertThat(chunks.get(1).state()).isEqualTo("PAUSED");
    }

    @Test
    void readPastTheEndSaysSo() {
        StackAiStream stream = open(reply("x"));
        read(stream);
        assertThat(stream.hasNext()).isFalse();
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }

    // ---- requests

    @Test
    void parametersAreSentWhereTheyDifferFromTheServicesDefaults() throws Exception {
        read(open(reply("x")));
        RecordedRequest plain = stackAi().takeRequest(Duration.ofSeconds(5));
        assertThat(plain.rawUri()).isEqualTo("/inference/v0/stream/sim-org/f");
        assertThat(plain.json()).isEqualTo(Map.of("in-0", "q", "stream", true));
        read(open(
                "stackai:stream:f?version=2&verbose=false&prefix=true&delta=false&sse=true&runDraft=true&streamFlag=false",
                reply("x")));
        RecordedRequest all = stackAi().takeRequest(Duration.ofSeconds(5));
        assertThat(all.query())
                .isEqualTo(Map.of(
                        "version",
                        "2",
                        "verbose",
                        "false",
                        "prefix",
                        "true",
                        "delta",
                        "false",
                        "sse",
                        "true",
                        "run_draft",
                        "true"));
        assertThat(all.json()).isEqualTo(Map.of("in-0", "q"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?sse=true", "?verbose=false", "?delta=false", "?delta=false&sse=true"})
    void theSimulatorsOwnStreamIsReadInEveryForm(String options) {
        assertThat(open("stackai:stream:f" + options, Reply.usual()).text()).isEqualTo("Answer to: q");
    }

    // ---- converters

    @Test
    void streamIsTextAndChunkIsText() {
        assertThat(context.getTypeConverter().convertTo(String.class, open(reply("Hel", "lo"))))
                .isEqualTo("Hello");
        StackAiStream stream = open(reply("Hi"));
        assertThat(context.getTypeConverter().convertTo(String.class, stream.next()))
                .isEqualTo("Hi");
        stream.close();
    }

    @Test
    void streamIsAnInputStreamThatDeliversAsTextArrives() throws Exception {
        Reply slow = reply("é😀", "later").chunkEvery(Duration.ofMillis(300));
        try (InputStream in = context.getTypeConverter().convertTo(InputStream.class, open(slow))) {
            byte[] first = new byte[100];
            int n = in.read(first);
            assertThat(new String(first, 0, n, StandardCharsets.UTF_8)).isEqualTo("é😀");
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("later");
        }
    }

    @Test
    void snapshotsAreReplacedNotAppended() throws Exception {
        Reply snapshots = reply("Hel", "Hello", "Hello!");
        assertThat(read(open("stackai:stream:f?delta=false", snapshots)))
                .extracting(StackAiChunk::text)
                .containsExactly("Hel", "Hello", "Hello!", "");
        assertThat(open("stackai:stream:f?delta=false", snapshots).text()).isEqualTo("Hello!");
        try (InputStream in = open("stackai:stream:f?delta=false", snapshots).inputStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("Hello!");
        }
    }

    @Test
    void brokenStreamIsNeverAWholeText() {
        StackAiStream stream = open(Reply.text(frame("half") + "\n"));
        assertThatThrownBy(stream::text).isInstanceOf(StackAiStreamException.class);
        assertThatThrownBy(() ->
                        open(Reply.text(frame("half") + "\n")).inputStream().readAllBytes())
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining("TRUNCATED");
    }

    // ---- failures at .to()

    @ParameterizedTest
    @CsvSource({"401,false", "404,false", "422,false", "429,true", "503,true"})
    void refusalFailsAtTo(int status, boolean retryable) {
        Exchange exchange = failed("stackai:stream:f", Reply.error(status, "no").header("Retry-After", "3"));
        assertThat(exchange.getException()).isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(status);
            assertThat(e.isRetryable()).isEqualTo(retryable);
            assertThat(e.getDetail()).isEqualTo("no");
        });
        assertThat(exchange.getIn().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(3000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?streamMode=collect"})
    void pageInsteadOfAStreamFailsAtTo(String options) {
        assertThat(failed(
                                "stackai:stream:f" + options,
                                Reply.text("<html>login</html>\n").contentType("text/html"))
                        .getException())
                .isInstanceOf(StackAiResponseException.class)
                .hasMessageContaining("<html>login")
                .hasMessageContaining("flow f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?streamMode=collect"})
    void failingFirstFrameFailsAtTo(String options) {
        Exception e = failed(
                        "stackai:stream:f" + options,
                        Reply.text("{\"outputs\":{},\"run_id\":\"r9\",\"error\":\"quota\"}\n"))
                .getException();
        assertThat(e).isInstanceOfSatisfying(StackAiStreamException.class, broken -> {
            assertThat(broken.getReason()).isEqualTo(Reason.REPORTED);
            assertThat(broken.getRunId()).isEqualTo("r9");
            assertThat(broken.isRetryable()).isFalse();
        });
        assertThat(e).hasCauseInstanceOf(StackAiRunFailedException.class).hasMessageContaining("quota");
    }

    @Test
    void emptyBodyIsATruncatedStream() {
        assertThat(failed("stackai:stream:f", Reply.text("")).getException())
                .isInstanceOfSatisfying(StackAiStreamException.class, e -> assertThat(e.getReason())
                        .isEqualTo(Reason.TRUNCATED));
    }

    @Test
    void refusalsAndFailingFirstFramesAreRedelivered() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(HttpOperationFailedException.class, StackAiRunFailedException.class)
                        .maximumRedeliveries(3)
                        .redeliveryDelay(0);
                from("direct:start").to("stackai:stream:f").convertBodyTo(String.class);
            }
        });
        context.start();
        stackAi()
                .enqueue(
                        Reply.error(429, "slow down").header("Retry-After", "0"),
                        Reply.error(503, "x"),
                        Reply.text("{\"error\":\"overload\"}\n"),
                        reply("fine"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("fine");
        assertThat(stackAi().requestCount()).isEqualTo(4);
    }

    // ---- failures in the middle

    private void assertBreaks(String uri, Reply reply, Reason reason, String textSoFar) {
        StackAiStream stream = open(uri, reply);
        assertThatThrownBy(() -> read(stream)).isInstanceOfSatisfying(StackAiStreamException.class, e -> {
            assertThat(e.getReason()).isEqualTo(reason);
            assertThat(e.getRunId()).isEqualTo("r1");
            assertThat(e.getText()).isEqualTo(textSoFar);
            assertThat(e.isRetryable()).isFalse();
            assertThat(e.getMessage()).contains("flow f", "r1", reason.name());
        });
        assertThat(stream.hasNext()).as("no further chunk comes").isFalse();
        Exchange collected = failed(uri + (uri.contains("?") ? "&" : "?") + "streamMode=collect", reply);
        assertThat(collected.getException()).isInstanceOfSatisfying(StackAiStreamException.class, e -> {
            assertThat(e.getReason()).isEqualTo(reason);
            assertThat(e.getText()).isEqualTo(textSoFar);
        });
    }

    @Test
    void endWithoutAMarkerIsTruncated() {
        assertBreaks("stackai:stream:f", Reply.text(frame("half") + "\n"), Reason.TRUNCATED, "half");
    }

    @Test
    void connectionThatBreaksIsTruncated() {
        // The client may drop what arrives in the same moment as the end, so there is a moment between.
        Reply broken = Reply.chunks(frame("half") + "\n").chunk(Duration.ofMillis(200), ": still here\n");
        assertBreaks("stackai:stream:f", broken.thenReset(), Reason.TRUNCATED, "half");
        assertBreaks("stackai:stream:f", broken.thenClose(), Reason.TRUNCATED, "half");
    }

    @Test
    void garbageIsMalformed() {
        assertBreaks("stackai:stream:f", Reply.text(frame("half") + "\noops\n"), Reason.MALFORMED, "half");
    }

    @Test
    void errorInTheStreamIsReported() {
        assertBreaks(
                "stackai:stream:f",
                Reply.text(frame("half") + "\n{\"run_id\":\"r1\",\"progress_data\":{\"error\":\"boom\"}}\n"),
                Reason.REPORTED,
                "half");
        assertBreaks(
                "stackai:stream:f",
                Reply.text(frame("half") + "\n{\"run_id\":\"r1\",\"state\":\"FAILED\"}\n"),
                Reason.REPORTED,
                "half");
    }

    @Test
    void silenceIsIdle() {
        assertBreaks(
                "stackai:stream:f?streamIdleTimeout=300",
                Reply.chunks(frame("half") + "\n").thenSilence(),
                Reason.IDLE,
                "half");
    }

    @Test
    void heartbeatsAreNoSilence() {
        Reply alive = Reply.chunks(frame("a") + "\n", ": ping\n", "\n", ": ping\n", ": ping\n", END + "\n")
                .chunkEvery(Duration.ofMillis(250));
        assertThat(open("stackai:stream:f?streamIdleTimeout=600", alive).text()).isEqualTo("a");
    }

    @Test
    void frameBeyondTheLimitIsTooLarge() {
        assertBreaks(
                "stackai:stream:f?maxResponseSize=2000",
                Reply.text(frame("half") + "\n" + frame("x".repeat(3000)) + "\n" + END + "\n"),
                Reason.TOO_LARGE,
                "half");
    }

    @Test
    void callThatTakesTooLongInAllIsCutOff() {
        byte[] piece = Streams.utf8(frame("a") + "\n");
        Reply endless = Reply.streaming(() -> piece).trickle(200, Duration.ofMillis(50));
        StackAiStream stream = open("stackai:stream:f?totalTimeout=700", endless);
        assertThatThrownBy(() -> read(stream))
                .isInstanceOf(StackAiStreamException.class)
                .hasMessageContaining("totalTimeout");
    }

    // ---- collect

    @Test
    void collectedAnswerIsTheOutputInOnePiece() {
        context.start();
        stackAi()
                .enqueue(
                        Reply.text(
                                frame("Hel") + "\n" + frame("lo") + "\n"
                                        + "{\"outputs\":{\"out-0\":\"!\"},\"run_id\":\"r1\",\"state\":\"COMPLETED\",\"citations\":[1]}\n"));
        Exchange exchange = template.request(
                "stackai:stream:f?streamMode=collect", e -> e.getMessage().setBody("q"));
        assertThat(exchange.getMessage().getBody()).isEqualTo("Hello!");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(StackAiConstants.RUN_ID, "r1")
                .containsEntry(StackAiConstants.STATE, "COMPLETED")
                .containsEntry(StackAiConstants.OUTPUTS, Map.of("out-0", "Hello!"))
                .containsEntry(StackAiConstants.CITATIONS, List.of(1));
    }

    @Test
    void collectedAnswerKeepsObjectsAndTakesResponseAndOutput() {
        context.start();
        String stream =
                "{\"outputs\":{\"out-0\":\"a\"}}\n{\"outputs\":{\"out-1\":{\"n\":1}}}\n{\"outputs\":{\"out-0\":\"b\"}}\n"
                        + END + "\n";
        stackAi().script(request -> Reply.text(stream));
        Map<String, Object> outputs = Map.of("out-0", "ab", "out-1", Map.of("n", 1));
        String collect = "stackai:stream:f?streamMode=collect";
        assertThat(template.requestBody(collect, "q")).isEqualTo(outputs);
        assertThat(template.requestBody(collect + "&response=outputs", "q")).isEqualTo(outputs);
        assertThat(template.requestBody(collect + "&output=out-1", "q")).isEqualTo(Map.of("n", 1));
        assertThat((Map<?, ?>) template.requestBody(collect + "&response=full", "q"))
                .extracting("outputs", "state")
                .containsExactly(outputs, "COMPLETED");
    }

    @Test
    void collectedSnapshotsAreTheLastOne() {
        context.start();
        stackAi().enqueue(reply("Hel", "Hello"));
        assertThat(template.requestBody("stackai:stream:f?streamMode=collect&delta=false", "q"))
                .isEqualTo("Hello");
    }

    @Test
    void collectedAnswerBeyondTheLimitIsTooLarge() {
        context.start();
        byte[] piece = Streams.utf8(frame("x".repeat(100)) + "\n");
        assertThat(failed("stackai:stream:f?streamMode=collect&maxResponseSize=5000", Reply.streaming(() -> piece))
                        .getException())
                .isInstanceOfSatisfying(StackAiStreamException.class, e -> {
                    assertThat(e.getReason()).isEqualTo(Reason.TOO_LARGE);
                    assertThat(e.getText()).hasSizeBetween(5000, 6000).matches("x+");
                });
    }

    // ---- splitter

    @Test
    void splitterRoutesEachChunkAndCompletesOnTheTerminalOne() throws Exception {
        List<String> routed = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .process(e -> routed.add(e.getMessage().getBody(String.class) + "|"
                                + e.getProperty(Exchange.SPLIT_COMPLETE) + "|"
                                + e.getMessage().getBody(StackAiChunk.class).isLast()));
            }
        });
        context.start();
        stackAi().enqueue(reply("a", "b"));
        assertThat(send("q").getException()).isNull();
        assertThat(routed).containsExactly("a|false|false", "b|false|false", "|true|true");
    }

    @Test
    void simpleLanguageSeesText() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .setHeader("line", simple("${body}/${body.text}/${body.runId}/${body.isLast}"))
                        .process(e -> seen.add(e.getMessage().getHeader("line")));
            }
        });
        context.start();
        stackAi().enqueue(reply("a"));
        assertThat(send("q").getException()).isNull();
        assertThat(seen).containsExactly("a/a/r1/false", "//r1/true");
    }

    @Test
    void brokenStreamFailsTheExchangeAfterWhatHadArrivedWasRouted() throws Exception {
        List<String> routed = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .process(e -> routed.add(e.getMessage().getBody(String.class)));
            }
        });
        context.start();
        stackAi()
                .enqueue(Reply.chunks(frame("a") + "\n", frame("b") + "\n")
                        .chunk(Duration.ofMillis(200), ": still here\n")
                        .thenReset());
        assertThat(send("q").getException())
                .isInstanceOfSatisfying(StackAiStreamException.class, e -> assertThat(e.getText())
                        .isEqualTo("ab"));
        assertThat(routed).containsExactly("a", "b");
    }

    @Test
    void streamIsTheInputOfAnotherRun() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("stackai:stream:f").to("stackai:run:g");
            }
        });
        context.start();
        stackAi().enqueue(reply("Hel", "lo"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: Hello");
    }

    @ParameterizedTest
    @CsvSource({
        "stackai:run:f,StackAiWorker",
        "stackai:stream:f?streamMode=collect,StackAiWorker",
        "stackai:stream:f,StackAiReader"
    })
    void routeGoesOnInAPoolAndNeverOnAnIoThread(String uri, String pool) throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to(uri)
                        .process(e -> threads.add(Thread.currentThread().getName()));
            }
        });
        context.start();
        List<CompletableFuture<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(template.asyncRequestBody("direct:start", "q"));
        }
        calls.forEach(CompletableFuture::join);
        assertThat(threads).hasSize(200).allMatch(name -> name.contains(pool));
    }

    @Test
    void splitterThatGoesOnAfterAFailureGetsEveryChunk() throws Exception {
        List<String> routed = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .process(e -> {
                            routed.add(e.getMessage().getBody(String.class));
                            if (routed.size() == 2) {
                                throw new IllegalStateException("second");
                            }
                        });
            }
        });
        context.start();
        stackAi().enqueue(reply("a", "b", "c"));
        assertThat(send("q").getException()).hasMessage("second");
        assertThat(routed).containsExactly("a", "b", "c", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multicast", "recipientList", "wireTap"})
    void streamThatItsExchangeCannotTakeAlongSaysSo(String way) throws Exception {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(true)
                        .process(e -> failures.add(e.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                var start = from("direct:start");
                switch (way) {
                    case "multicast" ->
                        start.multicast((old, now) -> now)
                                .to("stackai:stream:f")
                                .end()
                                .to("direct:read");
                    case "recipientList" ->
                        start.recipientList(constant("stackai:stream:f")).to("direct:read");
                    default -> start.to("stackai:stream:f").wireTap("seda:read");
                }
                from("direct:read").split(body()).streaming().to("mock:chunk");
                from("seda:read").delay(200).split(body()).streaming().to("mock:chunk");
            }
        });
        context.start();
        stackAi()
                .enqueue(Reply.chunks(frame("a") + "\n", frame("b") + "\n", END + "\n")
                        .chunkEvery(Duration.ofMillis(100)));
        send("q");
        eventually("it is told", () -> assertThat(failures).hasSize(1));
        assertThat(failures.get(0)).isInstanceOf(StackAiStreamException.class).hasMessageContaining("collect");
    }

    @Test
    void streamGoesAlongThroughAQueue() throws Exception {
        List<String> routed = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("stackai:stream:f").to("seda:read").process(e -> {
                    throw new IllegalStateException("the first exchange fails meanwhile");
                });
                from("seda:read")
                        .split(body())
                        .streaming()
                        .process(e -> routed.add(e.getMessage().getBody(String.class)));
            }
        });
        context.start();
        stackAi().enqueue(reply("a", "b").chunkEvery(Duration.ofMillis(100)));
        template.send("direct:start", org.apache.camel.ExchangePattern.InOnly, e -> e.getMessage()
                .setBody("q"));
        eventually("all is routed", () -> assertThat(routed).containsExactly("a", "b", ""));
    }

    @Test
    void chunksGoToAFile(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .to("file:" + folder + "?fileName=answer.txt&fileExist=Append");
            }
        });
        context.start();
        stackAi().enqueue(reply("Grü", "ße"));
        assertThat(send("q").getException()).isNull();
        assertThat(folder.resolve("answer.txt")).hasContent("Grüße");
    }

    @Test
    void callWhoseThreadCannotBeHadFailsWithItsAnswerOnTheMessage() throws Exception {
        AtomicBoolean out = new AtomicBoolean();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void execute(Runnable task) {
                if (out.get()) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.execute(task);
            }
        };
        component.setWorkerPool(pool);
        try {
            startRoute("stackai:run:f");
            out.set(true);
            Exchange failed = send("q");
            assertThat(failed.getException())
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
            assertThat(failed.getMessage().getBody()).isEqualTo("Answer to: q");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void routeGoesOnOnceThoughTheWorkerPoolFailsHavingTakenTheTask() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        AtomicBoolean failing = new AtomicBoolean();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void execute(Runnable task) {
                super.execute(task);
                if (failing.get()) {
                    throw new IllegalStateException("too late to say so");
                }
            }
        };
        component.setWorkerPool(pool);
        try {
            startRoute("stackai:run:f");
            failing.set(true);
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("q");
            AsyncProducer producer = context.getEndpoint("stackai:run:f").createAsyncProducer();
            producer.start();
            producer.process(exchange, doneSync -> ended.incrementAndGet());
            eventually("it goes on", () -> assertThat(ended).hasPositiveValue());
            pool.shutdown();
            assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
            eventually("the I/O thread is through with it", () -> assertThat(component.leasedConnections())
                    .isZero());
            assertThat(ended).hasValue(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CallerRuns", "Abort"})
    void workerPoolWithoutRoomHoldsUpNothing(String policy) throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                policy.equals("Abort")
                        ? new ThreadPoolExecutor.AbortPolicy()
                        : new ThreadPoolExecutor.CallerRunsPolicy());
        component.setWorkerPool(pool);
        List<String> threads = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .to("mock:chunk");
                from("direct:run")
                        .to("stackai:run:f")
                        .process(e -> threads.add(Thread.currentThread().getName()));
            }
        });
        context.start();
        try {
            List<CompletableFuture<Object>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(template.asyncRequestBody("direct:start", "q"));
                calls.add(template.asyncRequestBody("direct:run", "q"));
            }
            assertThat(calls).allSatisfy(call -> assertThat(call).succeedsWithin(Duration.ofSeconds(10)));
            assertThat(threads).hasSize(20).noneMatch(name -> name.startsWith("stackai-io"));
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void allLinesAtOnceAreReadToo() {
        assertThat(open(Reply.text(lines("a", "b", "c"))).text()).isEqualTo("abc");
    }
}
