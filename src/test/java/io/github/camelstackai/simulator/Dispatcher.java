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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * What a test has asked for. In this order: the next reply in the queue, the script of the request's flow, the script of
 * all requests, the service. Thread-safe.
 */
final class Dispatcher implements Answers {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Queue<Reply> queue = new ConcurrentLinkedQueue<>();
    private final Map<String, Function<RecordedRequest, Reply>> ofFlows = new ConcurrentHashMap<>();
    private final RequestLog log;
    private final ServiceEmulator service;
    // Set by the test.
    private volatile Function<RecordedRequest, Reply> ofAll = Dispatcher::undecided;

    Dispatcher(RequestLog log, ServiceEmulator service) {
        this.log = log;
        this.service = service;
    }

    void enqueue(List<Reply> replies) {
        queue.addAll(replies);
    }

    void script(Function<RecordedRequest, Reply> script) {
        ofAll = script;
    }

    void script(String flowId, Function<RecordedRequest, Reply> script) {
        ofFlows.put(flowId, script);
    }

    private static Reply undecided(RecordedRequest request) {
        return null;
    }

    void clear() {
        queue.clear();
        ofFlows.clear();
        ofAll = Dispatcher::undecided;
    }

    @Override
    public Reply reserve() {
        return queue.poll();
    }

    @Override
    public Reply answer(RecordedRequest request, Reply reserved) {
        log.add(request);
        try {
            Reply reply = reserved != null ? reserved : scripted(request);
            return (reply != null ? reply : Reply.usual()).resolve(() -> service.answer(request));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The script for " + request + " failed", e);
            return Reply.error(500, "The simulator's script failed: " + e);
        }
    }

    private Reply scripted(RecordedRequest request) {
        String flowId = service.flowOf(request);
        Reply reply = flowId == null
                ? null
                : ofFlows.getOrDefault(flowId, Dispatcher::undecided).apply(request);
        return reply != null ? reply : ofAll.apply(request);
    }
}
