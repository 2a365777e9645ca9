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
import static io.github.camelstackai.route.Streams.read;
import static io.github.camelstackai.route.Streams.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A stream that breaks after its first frame: the reason, the run and the text so far. */
class BrokenStreamTest extends RouteTest {
    @Test
    void endWithoutAMarkerIsTruncated() {
        assertBreaks("stackai:stream:f", Reply.text(frame("half") + "\n"), Reason.TRUNCATED, "half");
    }

    @Test
    void brokenConnectionIsTruncated() {
        // The pause lets the client read the frame before the connection ends.
        Reply broken = Reply.chunks(frame("half") + "\n").chunk(Duration.ofMillis(200), ": still here\n");
        assertBreaks("stackai:stream:f", broken.thenReset(), Reason.TRUNCATED, "half");
        assertBreaks("stackai:stream:f", broken.thenClose(), Reason.TRUNCATED, "half");
    }

    @Test
    void lineThatIsNoFrameIsMalformed() {
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
    void commentsAndBlankLinesReportActivity() {
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
    void streamEndsWithTheTotalTimeout() {
        byte[] piece = Streams.utf8(frame("a") + "\n");
        Reply endless = Reply.streaming(() -> piece).trickle(200, Duration.ofMillis(50));
        StackAiStream stream = open("stackai:stream:f?totalTimeout=700", endless);
        assertThatThrownBy(() -> read(stream))
                .isInstanceOf(StackAiStreamException.class)
                .hasMessageContaining("totalTimeout");
    }

    @Test
    void brokenStreamFailsTheExchangeAfterItsChunksWereRouted() throws Exception {
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

    private void assertBreaks(String uri, Reply reply, Reason reason, String textSoFar) {
        StackAiStream stream = open(uri, reply);
        assertThatThrownBy(() -> read(stream)).isInstanceOfSatisfying(StackAiStreamException.class, e -> {
            assertThat(e.getReason()).isEqualTo(reason);
            assertThat(e.getRunId()).isEqualTo("r1");
            assertThat(e.getText()).isEqualTo(textSoFar);
            assertThat(e.isRetryable()).isFalse();
            assertThat(e.getMessage()).contains("flow f", "r1", reason.name());
        });
        assertThat(stream.hasNext()).as("no further chunk follows").isFalse();
        Exchange collected = failedCall(uri + (uri.contains("?") ? "&" : "?") + "streamMode=collect", reply);
        assertThat(collected.getException()).isInstanceOfSatisfying(StackAiStreamException.class, e -> {
            assertThat(e.getReason()).isEqualTo(reason);
            assertThat(e.getText()).isEqualTo(textSoFar);
        });
    }
}
