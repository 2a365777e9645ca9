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

import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A slow reader slows the service down. */
class StreamBackpressureTest extends RouteTest {
    @Test
    void readerThatStopsMakesTheServerStall() throws Exception {
        context.start();
        byte[] piece = utf8(frame("x".repeat(1000)) + "\n");
        stackAi().enqueue(Reply.streaming(() -> piece));
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f?streamIdleTimeout=1s", "q");
        stream.next();
        RecordedRequest request = stackAi().takeRequest(Duration.ofSeconds(5));
        long[] last = {-1};
        org.awaitility.Awaitility.await("the server's write stalls")
                .pollInterval(
                        Duration.ofMillis(1500)) // longer than streamIdleTimeout: our own pause is not its silence
                .atMost(Duration.ofSeconds(20))
                .until(() -> last[0] == (last[0] = request.bytesSent()));
        System.out.println("a reader that stopped: the server's socket took " + last[0] / 1024 + " KiB");
        assertThat(last[0]).as("socket buffers and streamBufferSize").isLessThan(16 << 20);
        for (int i = 0; i < 20_000; i++) {
            assertThat(stream.next().text()).hasSize(1000);
        }
        assertThat(request.bytesSent()).isGreaterThan(last[0]);
        stream.close();
    }

    @Test
    void readerThatIsSlowHoldsTheServerToItsOwnPace() throws Exception {
        context.start();
        byte[] piece = utf8(frame("x".repeat(4000)) + "\n"); // smaller than the client's buffer, so that chunks are cut
        stackAi().enqueue(Reply.streaming(() -> piece));
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q");
        RecordedRequest request = stackAi().takeRequest(Duration.ofSeconds(5));
        for (int i = 0; i < 200; i++) {
            assertThat(stream.next().text()).hasSize(4000);
            new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS); // the pace of a slow reader
        }
        stream.close();
        assertThat(request.bytesSent())
                .as("what was read, socket buffers and streamBufferSize")
                .isLessThan((16 << 20) + 200L * piece.length);
    }
}
