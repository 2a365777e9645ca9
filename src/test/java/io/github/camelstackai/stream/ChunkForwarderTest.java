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
package io.github.camelstackai.stream;

import static io.github.camelstackai.stream.TestStreams.frame;
import static io.github.camelstackai.stream.TestStreams.lastFrame;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.CallTimeoutException.Limit;
import io.github.camelstackai.http.SimulatedCall;
import io.github.camelstackai.observe.CallObservation;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.RunResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chunks that wait for their endpoint, and what ends that. */
class ChunkForwarderTest {
    private static final int MAX = 500;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ChunkTargets targets = new ChunkTargets();
    private final HeldEndpoint endpoint = new HeldEndpoint();
    private final List<RunResult> results = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private SimulatedCall call;

    /** Is done with an exchange when the test says so. */
    private static final class HeldEndpoint extends DefaultEndpoint {
        final List<String> texts = new ArrayList<>();
        final Deque<Exchange> exchanges = new ArrayDeque<>();
        final Deque<AsyncCallback> callbacks = new ArrayDeque<>();

        @Override
        protected String createEndpointUri() {
            return "held:chunk";
        }

        @Override
        public Producer createProducer() {
            return new DefaultAsyncProducer(this) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    texts.add(exchange.getMessage().getBody(StackAiChunk.class).text());
                    exchanges.add(exchange);
                    callbacks.add(callback);
                    return false;
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException();
        }

        void done() {
            exchanges.remove();
            callbacks.remove().done(false);
        }

        void failWith(Exception failure) {
            exchanges.remove().setException(failure);
            callbacks.remove().done(false);
        }
    }

    @BeforeEach
    void start() {
        endpoint.setCamelContext(context);
        context.start();
        targets.start(this, context);
        Exchange origin = endpoint.createExchange();
        call = new SimulatedCall(new ChunkForwarder(
                TestStreams.INCREMENTS,
                new Json(),
                TestStreams.CALL,
                CallObservation.NONE,
                Runnable::run,
                new ChunkSender(targets, endpoint, origin),
                results::add,
                (cause, sent) -> failures.add(cause)));
        call.head(200);
    }

    @AfterEach
    void stop() {
        targets.stop();
        context.stop();
    }

    private StackAiStreamException failure() {
        assertThat(results).isEmpty();
        assertThat(failures).hasSize(1);
        return (StackAiStreamException) failures.get(0);
    }

    @Test
    void nextChunkIsSentWhenTheLastIsDone() {
        call.body(frame("Hel") + frame("lo") + lastFrame("!"));
        assertThat(endpoint.texts).containsExactly("Hel");
        endpoint.done();
        assertThat(endpoint.texts).containsExactly("Hel", "lo");
        endpoint.done();
        assertThat(results).isEmpty();
        endpoint.done();
        assertThat(failures).isEmpty();
        assertThat(results).hasSize(1);
        assertThat(results.get(0).outputs()).isEqualTo(Map.of("o", "Hello!"));
    }

    @Test
    void failureOfTheEndpointClosesTheCall() {
        call.body(frame("a") + frame("b"));
        IOException failure = new IOException("the socket is closed");
        endpoint.failWith(failure);
        assertThat(failures).singleElement().extracting(Throwable::getCause).isSameAs(failure);
        assertThat(call.isClosed()).isTrue();
        assertThat(endpoint.texts).containsExactly("a");
    }

    @Test
    void chunksThatArrivedAreSentBeforeTheFailureOfTheCall() {
        call.body(frame("a") + frame("b"));
        call.fail(new IOException("reset"), true);
        assertThat(failures).isEmpty();
        endpoint.done();
        endpoint.done();
        assertThat(failure().getReason()).isEqualTo(Reason.TRUNCATED);
        assertThat(failure().getText()).isEqualTo("ab");
        assertThat(endpoint.texts).containsExactly("a", "b");
    }

    @Test
    void silenceOfTheServiceDoesNotOvertakeAChunk() {
        call.body(frame("a"));
        call.fail(new CallTimeoutException(Limit.IDLE, Duration.ofSeconds(1), "call", ""), true);
        assertThat(failures).isEmpty();
        endpoint.done();
        assertThat(failure().getReason()).isEqualTo(Reason.IDLE);
    }

    @Test
    void callThatIsOutOfTimeDoesNotWaitForTheEndpoint() {
        call.body(frame("a") + frame("b"));
        call.fail(new CallTimeoutException(Limit.TOTAL, Duration.ofSeconds(1), "call", ""), true);
        assertThat(failure()).hasMessageContaining("totalTimeout").hasMessageContaining("r-1");
        assertThat(failure().getText()).isEqualTo("a");
        endpoint.done();
        assertThat(endpoint.texts).as("nothing follows").containsExactly("a");
        assertThat(failures).hasSize(1);
    }

    @Test
    void stopOfTheTargetsDoesNotWaitForTheEndpoint() {
        call.body(lastFrame("a"));
        targets.stop();
        assertThat(failure()).hasMessageContaining("the component was stopped");
        endpoint.done();
        assertThat(results).isEmpty();
        assertThat(failures).hasSize(1);
    }

    @Test
    void chunkThatExceedsTheLimitIsNotSent() {
        call.body(frame("x".repeat(MAX / 2)) + frame("x".repeat(MAX / 2)) + frame("y"));
        endpoint.done();
        endpoint.done();
        assertThat(failure().getReason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(call.isClosed()).isTrue();
        assertThat(endpoint.texts).hasSize(2).doesNotContain("y");
    }

    @Test
    void reportedFailureEndsTheAnswer() {
        call.body(frame("a") + TestStreams.line(Map.of("run_id", "r-1", "error", "no credits")));
        endpoint.done();
        assertThat(failure().getReason()).isEqualTo(Reason.REPORTED);
        assertThat(failure().getText()).isEqualTo("a");
    }
}
