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
package io.github.camelstackai.http.apache;

import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.http.ResponseReceiver;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the receiver of one call, on one thread at a time, until the call has ended. Whatever the receiver throws, an {@link Error}
 * included, ends its own call and no thread. Thread-safe.
 */
final class SerialReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(SerialReceiver.class);

    private final OutboundRequest request;
    private final ResponseReceiver receiver;
    private final Runnable onEnd;
    private final Runnable onFailure;
    private final AtomicBoolean ended = new AtomicBoolean();
    /** Held during each call of the receiver, also where a time-out and a part of the body meet. */
    private final ReentrantLock receiving = new ReentrantLock();

    /** What is passed to the receiver. */
    interface Part {
        void deliver(ResponseReceiver receiver) throws IOException;
    }

    /**
     * @param onEnd runs once, when the call has ended
     * @param onFailure runs after that, before the receiver is told of a failure
     */
    SerialReceiver(OutboundRequest request, ResponseReceiver receiver, Runnable onEnd, Runnable onFailure) {
        this.request = request;
        this.receiver = receiver;
        this.onEnd = onEnd;
        this.onFailure = onFailure;
    }

    boolean hasEnded() {
        return ended.get();
    }

    /** Ends the call, without telling the receiver; returns false if it has ended before. */
    boolean end() {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        onEnd.run();
        return true;
    }

    /**
     * Delivers a part of the response, unless the call has ended.
     *
     * @throws IOException what the receiver threw, for HttpClient to end the exchange
     */
    void receive(Part part) throws IOException {
        receiving.lock();
        try {
            if (!ended.get()) {
                part.deliver(receiver);
            }
        } catch (Throwable e) {
            fail(e, true);
            throw e instanceof IOException io
                    ? io
                    : new IOException(request + ": the response could not be processed", e);
        } finally {
            receiving.unlock();
        }
    }

    /** The response is complete. */
    void complete() {
        receiving.lock();
        try {
            if (end()) {
                receiver.end();
            }
        } catch (Throwable e) {
            notifyFailure(e, true);
        } finally {
            receiving.unlock();
        }
    }

    /** Ends the call with a failure, unless it has ended. */
    void fail(Throwable cause, boolean sent) {
        fail(() -> sent ? Stage.SENT : Stage.WAITING, reached -> cause);
    }

    /**
     * Ends the call, unless it has ended, and then fails it.
     *
     * @param abort ends the sending, when no other attempt can begin; returns how far the request got
     * @param cause given what {@code abort} returned
     */
    void fail(Supplier<Stage> abort, Function<Stage, Throwable> cause) {
        receiving.lock();
        try {
            if (end()) {
                Stage reached = abort.get();
                onFailure.run();
                notifyFailure(cause.apply(reached), reached == Stage.SENT);
            }
        } finally {
            receiving.unlock();
        }
    }

    private void notifyFailure(Throwable cause, boolean sent) {
        try {
            receiver.failed(cause, sent);
        } catch (Throwable e) {
            LOG.error("StackAI: {}: the failure of the call could not be processed", request, e);
        }
    }
}
