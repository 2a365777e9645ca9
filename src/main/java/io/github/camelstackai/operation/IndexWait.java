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
package io.github.camelstackai.operation;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiIndexingException;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.call.CallSequence;
import io.github.camelstackai.call.Caller;
import io.github.camelstackai.call.JsonResponseHandler;
import io.github.camelstackai.call.ServiceRequest;
import io.github.camelstackai.failure.IndexingErrorMapper;
import io.github.camelstackai.message.KnowledgeAnswers;
import io.github.camelstackai.observe.OutcomeMapper;
import io.github.camelstackai.protocol.CallTarget;
import io.github.camelstackai.stream.OpenCall;
import io.github.camelstackai.stream.OpenCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * The upload of one exchange, and the wait until its file is indexed. Between two requests for the status there is a pause of a
 * timer's; each step begins on a worker thread, and one follows the other.
 */
final class IndexWait implements OpenCall {
    private static final String INDEXED = "indexed";
    private static final Set<String> FAILED = Set.of("error", "pending_delete", "deleted");
    /** In a row: some do not end, such as those of an unknown host. */
    private static final int MAX_FAILURES = 100;

    private final CompletableFuture<CallResult> done = new CompletableFuture<>();
    private final IndexWatcher watcher;
    private final Exchange exchange;
    private final String base;
    private final CallSequence calls;
    private final CallTarget target;
    private final Caller caller;
    /** Written by each step, for the next. */
    private volatile CallResult last;
    /** Written when the upload has been answered. */
    private volatile String resource;
    /** The last answer about the file, written by the step that reads it; null for none. */
    private volatile Map<String, Object> answer;
    /** Requests for a status that failed in a row. */
    private final AtomicInteger failures = new AtomicInteger();
    /** The latest request; written by each step. */
    private volatile CompletableFuture<CallResult> request;
    /** Written by each step. */
    private volatile CompletableFuture<Void> pause = CompletableFuture.completedFuture(null);

    IndexWait(IndexWatcher watcher, Exchange exchange, String base, ServiceRequest upload) {
        this.watcher = watcher;
        this.exchange = exchange;
        this.base = base;
        this.target = upload.target();
        this.caller = upload.caller();
        this.calls = watcher.client().sequence(target);
    }

    CompletionStage<CallResult> result() {
        return done;
    }

    void begin(ServiceRequest upload) {
        send(upload, object -> resource = KnowledgeAnswers.resourceId(object), this::uploaded);
    }

    private void send(ServiceRequest content, Consumer<Map<String, Object>> reader, Consumer<CallResult> next) {
        JsonResponseHandler handler = new JsonResponseHandler(
                watcher.runtime().json(),
                watcher.maxResponseSize(),
                (object, call, unused) -> reader.accept(object),
                resource == null ? "; the file may have been stored" : "");
        CompletableFuture<CallResult> sent = calls.send(content, handler);
        request = sent;
        CompletionStage<Void> unused =
                sent.thenAcceptAsync(next, watcher.runtime().workers()).exceptionally(this::broken);
        if (done.isDone()) {
            sent.cancel(true);
        }
    }

    private void uploaded(CallResult result) {
        CallResult failed = calls.failure(result, exchange);
        if (failed != null) {
            done.complete(failed);
            return;
        }
        last = result;
        List<OpenCalls> owners = new ArrayList<>(OpenCalls.of(exchange));
        owners.add(watcher.component());
        OpenCalls.addUntil(done, this, owners);
        pause(watcher.interval());
    }

    private void pause(Duration length) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        pause = next;
        CompletionStage<Void> unused =
                next.thenRunAsync(this::poll, watcher.runtime().workers()).exceptionally(this::broken);
        next.completeOnTimeout(null, calls.pause(length).toNanos(), TimeUnit.NANOSECONDS);
        if (done.isDone()) {
            next.complete(null);
        }
    }

    private void poll() {
        if (done.isDone()) {
            return;
        }
        IOException expiry = calls.expiry(target);
        if (expiry == null) {
            ServiceRequest status =
                    watcher.requests().status(exchange, base, resource).by(caller);
            send(status, object -> answer = KnowledgeAnswers.withStatus(object), this::polled);
        } else {
            fail(expiry);
        }
    }

    private void polled(CallResult result) {
        try {
            result.applyTo(exchange);
        } catch (Throwable e) { // also an Error: the exchange has to end
            unanswered(result, e);
            return;
        }
        last = result;
        failures.set(0);
        String status = status();
        if (INDEXED.equals(status)) {
            done.complete(calls.answered(result, this::indexed));
        } else if (FAILED.contains(status)) {
            fail(
                    "its status is " + status
                            + ", so it will not be indexed; check the file, delete it with action=delete,"
                            + " and upload it again",
                    OutcomeMapper.NOT_INDEXED,
                    null);
        } else {
            pause(watcher.interval());
        }
    }

    private void indexed(Exchange updated) {
        KnowledgeAnswers.object(answer, base, updated);
        updated.getMessage().setHeader(StackAiConstants.RESOURCE_ID, resource);
    }

    private void unanswered(CallResult result, Throwable failure) {
        IOException expiry = calls.expiry(target);
        if (expiry != null) {
            fail(expiry);
        } else if (!isTransient(failure) || calls.isCancelled()) {
            fail(failure);
        } else if (failures.incrementAndGet() == MAX_FAILURES) {
            fail(MAX_FAILURES + " requests in a row have failed, the last one so: ", failure);
        } else {
            Duration asked = calls.retryAfter(result, watcher.maxRetryAfter());
            pause(asked.compareTo(watcher.interval()) > 0 ? asked : watcher.interval());
        }
    }

    /** An upload must not be repeated; a request for a status can be, until the service has recovered. */
    private static boolean isTransient(Throwable failure) {
        return failure instanceof StackAiOperationFailedException refused
                ? refused.isRetryable()
                : failure instanceof IOException;
    }

    /** Null if it is not known. */
    private String status() {
        return KnowledgeAnswers.status(answer, last.call());
    }

    private void fail(Throwable cause) {
        fail("", cause);
    }

    private void fail(String beginning, Throwable cause) {
        String known = status() == null ? "not known" : status();
        fail(
                "its status is " + known + ": " + beginning + cause.getMessage() + "; ask for it with action=status",
                OutcomeMapper.of(cause),
                cause);
    }

    private void fail(String reason, String outcome, Throwable cause) {
        StackAiIndexingException failure =
                IndexingErrorMapper.notIndexed(target, last.call(), reason, base, resource, status(), cause);
        done.complete(calls.failed(last, failure, outcome));
    }

    /** No worker thread is available, or a step has a fault. */
    private Void broken(Throwable cause) {
        if (resource == null) {
            done.complete(calls.failed(last, cause));
        } else {
            fail(cause);
        }
        return null;
    }

    @Override
    public void cancel(String outcome, String reason) {
        fail(
                "the wait for its indexing was ended because " + reason + "; ask for its status with action=status",
                outcome,
                null);
        pause.complete(null);
        request.cancel(true);
    }
}
