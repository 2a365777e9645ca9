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

import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** The meters of streams in routes: each stream is counted once, when its reader is done or leaves. */
class StreamMetersTest extends MeteredRouteTest {
    private static final String FRAME = Streams.frame("Hi") + "\n";

    @Test
    void streamIsInFlightUntilItsLastChunkIsRead() throws Exception {
        StackAiStream stream = open(Streams.reply("a", "b"));
        assertThat(inFlight()).isEqualTo(1);
        assertThat(calls()).isEmpty();
        stream.forEachRemaining(chunk -> {});
        assertCalls(Map.of("stream f success", 1L));
        assertThat(meters.get("stackai.stream.chunks").counter().count()).isEqualTo(3);
        assertThat(meters.get("stackai.stream.first.chunk").timer().count()).isEqualTo(1);
    }

    @Test
    void firstChunkIsTimedApartFromTheEnd() {
        StackAiStream stream = open(Reply.chunks(FRAME).chunk(Duration.ofMillis(300), Streams.END + "\n"));
        stream.forEachRemaining(chunk -> {});
        double first = meters.get("stackai.stream.first.chunk").timer().totalTime(TimeUnit.MILLISECONDS);
        double end = meters.get("stackai.call").timer().totalTime(TimeUnit.MILLISECONDS);
        assertThat(end - first).isGreaterThan(200);
    }

    @Test
    void streamThatItsReaderLeavesIsCancelled() throws Exception {
        open(Reply.chunks(FRAME).thenSilence()).close();
        assertCalls(Map.of("stream f cancelled", 1L));
    }

    @Test
    void streamThatItsRouteDoesNotReadIsCancelled() throws Exception {
        startRoute("stackai:stream:f");
        stackAi().enqueue(Reply.chunks(FRAME).thenSilence());
        send("q");
        assertCalls(Map.of("stream f cancelled", 1L));
    }

    @Test
    void streamThatTheSplitLeavesIsCancelled() throws Exception {
        startRoutes(routes -> routes.from("direct:start")
                .to("stackai:stream:f")
                .split(routes.body())
                .streaming()
                .stopOnException()
                .throwException(new IllegalStateException("enough")));
        stackAi().enqueue(Reply.chunks(FRAME, FRAME).thenSilence());
        assertThat(send("q").getException()).isNotNull();
        assertCalls(Map.of("stream f cancelled", 1L));
    }

    @Test
    void streamThatBreaksIsAFailure() throws Exception {
        startRoutes(routes -> routes.from("direct:start")
                .to("stackai:stream:f")
                .split(routes.body())
                .streaming()
                .to("mock:c"));
        stackAi().enqueue(Reply.chunks(FRAME).thenClose());
        assertThat(send("q").getException()).isNotNull();
        assertCalls(Map.of("stream f stream_truncated", 1L));
    }

    @Test
    void streamOfAStoppedRouteIsStopped() throws Exception {
        startRoutes(routes -> routes.from("direct:start")
                .routeId("streaming")
                .to("stackai:stream:f")
                .split(routes.body())
                .streaming()
                .to("mock:c"));
        stackAi().enqueue(Reply.chunks(FRAME).thenSilence());
        CompletableFuture<Exchange> exchange = template.asyncSend("direct:start", e -> {});
        eventually("a chunk is read", () -> assertThat(
                        meters.find("stackai.stream.chunks").counters())
                .isNotEmpty()
                .allSatisfy(chunks -> assertThat(chunks.count()).isEqualTo(1)));
        context.getRouteController().stopRoute("streaming", 50, TimeUnit.MILLISECONDS);
        assertThat(exchange).succeedsWithin(Duration.ofSeconds(10));
        assertCalls(Map.of("stream f stopped", 1L));
    }
}
