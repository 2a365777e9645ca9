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
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.reply;
import static io.github.camelstackai.route.Streams.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a subscriber of a stream throws ends its own stream and affects nothing else. */
class StreamSubscriberTest extends RouteTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Requests all chunks and throws at the second. */
    private static final class ThrowingSubscriber implements Flow.Subscriber<StackAiChunk> {
        private final Throwable failure;
        final AtomicInteger received = new AtomicInteger();
        /** Completes with what {@code onError} receives. */
        final CompletableFuture<Throwable> error = new CompletableFuture<>();

        ThrowingSubscriber(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(StackAiChunk chunk) {
            if (received.incrementAndGet() == 2) {
                throwUnchecked();
            }
        }

        private void throwUnchecked() {
            if (failure instanceof Error e) {
                throw e;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public void onError(Throwable e) {
            error.complete(e);
        }

        @Override
        public void onComplete() {
            error.completeExceptionally(new AssertionError("the stream has no end"));
        }
    }

    static Stream<Throwable> unchecked() {
        return Stream.of(
                new IllegalStateException("in onNext"),
                new NoClassDefFoundError("in/onNext"),
                new StackOverflowError("in onNext"),
                new AssertionError("in onNext"));
    }

    @ParameterizedTest
    @MethodSource("unchecked")
    void throwingSubscriberEndsItsOwnStreamAlone(Throwable failure) {
        endsItsOwnStreamAlone(failure, StackAiStream::publisher);
    }

    @ParameterizedTest
    @MethodSource("unchecked")
    void throwingSubscriberOnTheIoThreadEndsItsOwnStreamAlone(Throwable failure) {
        endsItsOwnStreamAlone(failure, stream -> stream.publisher(Runnable::run));
    }

    private void endsItsOwnStreamAlone(
            Throwable failure, Function<StackAiStream, Flow.Publisher<StackAiChunk>> publisher) {
        byte[] piece = utf8(frame("a") + "\n");
        StackAiStream other = open(reply("Hel", "lo").chunkEvery(Duration.ofMillis(100)));
        StackAiStream stream = open(Reply.streaming(() -> piece).chunkEvery(Duration.ofMillis(20)));
        Set<Thread> ioThreads = ioThreads();
        ThrowingSubscriber subscriber = new ThrowingSubscriber(failure);
        publisher.apply(stream).subscribe(subscriber);

        assertThat(subscriber.error).as("onError is called").succeedsWithin(SOON);
        assertThat(subscriber.error.join()).isSameAs(failure);
        eventually("the call is cancelled", () -> assertThat(stackAi().abortedRequests())
                .isEqualTo(1));
        assertThat(other.text()).as("another stream continues").isEqualTo("Hello");
        assertThat(call("stackai:run:f").getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(open(reply("next")).text()).isEqualTo("next");
        assertThat(ioThreads).isNotEmpty().allMatch(Thread::isAlive);
        assertThat(subscriber.received).as("no chunk follows the failure").hasValue(2);
    }

    /** A subscriber that never blocks gets its chunks from the I/O thread, in order, and holds no worker. */
    @Test
    void subscriberThatNeverBlocksIsServedByTheIoThread() {
        List<String> texts = new CopyOnWriteArrayList<>();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> end = new CompletableFuture<>();
        StackAiStream stream = open(reply("Hel", "lo", "!").chunkEvery(Duration.ofMillis(20)));
        stream.publisher(Runnable::run)
                .subscribe(new OneByOne(
                        chunk -> {
                            threads.add(Thread.currentThread().getName());
                            texts.add(chunk.text());
                        },
                        end));
        assertThat(end).succeedsWithin(SOON);
        assertThat(texts).containsExactly("Hel", "lo", "!", "");
        assertThat(threads).anyMatch(name -> name.startsWith("stackai-io")).noneMatch(name -> name.contains("Worker"));
    }

    /** It delivers on whatever thread requests or receives, without a deeper stack for each chunk. */
    @Test
    void manyChunksNeedNoDeepStackOnTheIoThread() {
        AtomicInteger received = new AtomicInteger();
        AtomicInteger deepest = new AtomicInteger();
        CompletableFuture<Void> end = new CompletableFuture<>();
        StackAiStream stream = open(Reply.text((frame("a") + "\n").repeat(20_000) + Streams.END + "\n"));
        stream.publisher(Runnable::run)
                .subscribe(new OneByOne(
                        chunk -> {
                            if (received.incrementAndGet() % 5000 == 0) {
                                deepest.accumulateAndGet(new Throwable().getStackTrace().length, Math::max);
                            }
                        },
                        end));
        assertThat(end).succeedsWithin(SOON);
        assertThat(received).hasValue(20_001);
        assertThat(deepest).hasValueLessThan(150);
    }

    /** Requests the next chunk when it has processed one. */
    private static final class OneByOne implements Flow.Subscriber<StackAiChunk> {
        private final Consumer<StackAiChunk> chunks;
        private final CompletableFuture<Void> end;
        private Flow.Subscription subscription;

        OneByOne(Consumer<StackAiChunk> chunks, CompletableFuture<Void> end) {
            this.chunks = chunks;
            this.end = end;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            newSubscription.request(1);
        }

        @Override
        public void onNext(StackAiChunk chunk) {
            chunks.accept(chunk);
            subscription.request(1);
        }

        @Override
        public void onError(Throwable e) {
            end.completeExceptionally(e);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }

    private static Set<Thread> ioThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("stackai-io"))
                .collect(Collectors.toSet());
    }
}
