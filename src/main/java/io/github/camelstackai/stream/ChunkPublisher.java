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

import io.github.camelstackai.StackAiChunk;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Delivers the chunks of a stream to one subscriber, by demand and without a waiting thread. Thread-safe. */
final class ChunkPublisher implements Flow.Publisher<StackAiChunk> {
    private final ChunkStream chunks;
    private final Executor executor;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    /** @param executor delivers the chunks; it may run a task on the calling thread, which is an I/O thread */
    ChunkPublisher(ChunkStream chunks, Executor executor) {
        this.chunks = chunks;
        this.executor = executor;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super StackAiChunk> subscriber) {
        Objects.requireNonNull(subscriber);
        if (!subscribed.compareAndSet(false, true)) {
            subscriber.onSubscribe(new Refused());
            subscriber.onError(new IllegalStateException("Stream already has a subscriber"));
            return;
        }
        Delivery delivery = new Delivery(subscriber);
        subscriber.onSubscribe(delivery);
        delivery.subscribed();
    }

    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long n) {
            // onError follows
        }

        @Override
        public void cancel() {
            // onError follows
        }
    }

    /** One {@link #run} at a time delivers what has arrived, as long as there is demand. */
    private final class Delivery implements Flow.Subscription, Runnable {
        private final Flow.Subscriber<? super StackAiChunk> subscriber;
        private final AtomicLong demand = new AtomicLong();
        /** Signals since the current run began; positive while a run is scheduled or active. */
        private final AtomicInteger signals = new AtomicInteger(1);

        private volatile boolean cancelled;
        /** Written by a request for less than one chunk; reported as an error in the next run. */
        private volatile boolean invalid;

        Delivery(Flow.Subscriber<? super StackAiChunk> subscriber) {
            this.subscriber = subscriber;
        }

        /** The first run starts after {@code onSubscribe} has returned. */
        void subscribed() {
            chunks.onArrival(this::signal);
            if (cancelled) {
                chunks.onArrival(null);
            }
            schedule();
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                invalid = true;
            } else {
                demand.accumulateAndGet(n, (now, more) -> now + more < 0 ? Long.MAX_VALUE : now + more);
            }
            signal();
        }

        @Override
        public void cancel() {
            end();
            chunks.close();
        }

        /** No further signals, and no reference to the subscriber (rules 1.8 and 3.13). */
        private void end() {
            cancelled = true;
            chunks.onArrival(null);
        }

        private void signal() {
            if (signals.getAndIncrement() == 0) {
                schedule();
            }
        }

        /** If no thread is available, the stream fails on this thread; no run is active. */
        private void schedule() {
            try {
                executor.execute(this);
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }

        @Override
        public void run() {
            int seen = signals.get();
            while (seen > 0) {
                deliver();
                seen = signals.addAndGet(-seen);
            }
        }

        private void deliver() {
            try {
                boolean closed = !cancelled && !chunks.hasNext(); // reported at once, also without demand
                while (!cancelled && !invalid && (closed || demand.get() > 0) && deliverOne()) {
                    demand.decrementAndGet();
                }
                if (invalid && !cancelled) {
                    throw new IllegalArgumentException("A subscriber must request at least one chunk (rule 3.9)");
                }
            } catch (Throwable e) { // also an Error of the subscriber: it ends this stream, and no worker
                fail(e);
            }
        }

        /** Whether there was a chunk. */
        private boolean deliverOne() {
            StackAiChunk chunk = chunks.poll();
            if (chunk == null) {
                return false;
            }
            subscriber.onNext(chunk);
            if (chunk.isLast() && !cancelled) {
                end();
                subscriber.onComplete();
            }
            return true;
        }

        private void fail(Throwable e) {
            if (!cancelled) {
                cancel();
                subscriber.onError(e);
            }
        }
    }
}
