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
package io.github.camelstackai.simulator;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Chooses the reply to a request: the next one in the queue, else that of the script of the request's flow, else that of the
 * script of all requests, else that of the service, a recording or a relay. Thread-safe; never blocks if scripts do not.
 */
final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Queue<Reply> queue = new ConcurrentLinkedQueue<>();
    private final Map<String, Function<RecordedRequest, Reply>> flowScripts = new ConcurrentHashMap<>();
    private final RequestLog log;
    private final ServiceEmulator service;
    // Written by the test's thread.
    private volatile Answerer answerer;
    private volatile Function<RecordedRequest, Reply> script = Dispatcher::noReply;

    Dispatcher(RequestLog log, ServiceEmulator service) {
        this.log = log;
        this.service = service;
        this.answerer = this::serve;
    }

    private CompletionStage<Reply> serve(RecordedRequest request) {
        return CompletableFuture.completedStage(service.answer(request));
    }

    /** Lets another than the service answer, and closes the one before. */
    void answerWith(Answerer other) {
        Answerer before = answerer;
        answerer = other;
        before.close();
    }

    /** Lets the service answer. */
    void answerAsService() {
        answerWith(this::serve);
    }

    Answerer answerer() {
        return answerer;
    }

    void enqueue(List<Reply> replies) {
        queue.addAll(replies);
    }

    void script(Function<RecordedRequest, Reply> newScript) {
        script = newScript;
    }

    void script(String flowId, Function<RecordedRequest, Reply> newScript) {
        flowScripts.put(flowId, newScript);
    }

    void clear() {
        queue.clear();
        flowScripts.clear();
        script = Dispatcher::noReply;
    }

    private static Reply noReply(RecordedRequest request) {
        return null;
    }

    /** Takes a reply off the queue for a request whose head has arrived; null if the queue is empty. */
    Reply reserve() {
        return queue.poll();
    }

    /**
     * Records the request and returns the reply to it, which has a body.
     *
     * @param reserved the result of {@link #reserve} for this request
     */
    CompletionStage<Reply> dispatch(RecordedRequest request, Reply reserved) {
        log.add(request);
        try {
            Reply reply = reserved != null ? reserved : scripted(request);
            return complete(reply != null ? reply : Reply.usual(), request);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The script for " + request + " failed", e);
            return CompletableFuture.completedStage(Reply.error(500, "The simulator's script failed: " + e));
        }
    }

    /** Gives a reply without a body of its own the usual answer, and keeps its timing and effects. */
    private CompletionStage<Reply> complete(Reply reply, RecordedRequest request) {
        return reply.body.isUsual()
                ? answerer.answer(request).thenApply(answer -> answer.with(reply.timing.orElse(answer.timing))
                        .with(reply.effects.orElse(answer.effects)))
                : CompletableFuture.completedStage(reply);
    }

    private Reply scripted(RecordedRequest request) {
        String flowId = service.flowOf(request);
        Reply reply = flowId == null
                ? null
                : flowScripts.getOrDefault(flowId, Dispatcher::noReply).apply(request);
        return reply != null ? reply : script.apply(request);
    }
}
