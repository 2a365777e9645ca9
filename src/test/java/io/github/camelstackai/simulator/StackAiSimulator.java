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

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A StackAI stand-in on a loopback port. Left alone it answers as the service would; {@link #enqueue} and
 * {@link #script} make it answer, or fail, in any other way. Thread-safe.
 *
 * <p>Functions given to it run on its I/O threads and must not block: a {@link Reply} waits without a thread.
 */
public final class StackAiSimulator implements AutoCloseable {
    private final StackAiSimulatorBuilder settings;
    private final TrafficCounters traffic = new TrafficCounters();
    private final FlowRegistry flows = new FlowRegistry();
    private final Authenticator credentials;
    private final RunLog book;
    private final RequestLog log;
    private final Dispatcher script;
    private final SimulatorServer server;

    StackAiSimulator(StackAiSimulatorBuilder settings) throws IOException {
        this.settings = settings;
        this.credentials =
                new Authenticator(settings.apiKey, settings.username, settings.password, settings.tokenLifetime);
        this.book = new RunLog(settings.remembered);
        this.log = new RequestLog(settings.remembered);
        this.script = new Dispatcher(log, new ServiceEmulator(settings, credentials, flows, book));
        this.server = new SimulatorServer(settings, traffic, script);
    }

    /** Starts one with the default settings, on a free port. */
    public static StackAiSimulator start() {
        return builder().start();
    }

    public static StackAiSimulatorBuilder builder() {
        return new StackAiSimulatorBuilder();
    }

    /** Scheme, host, port and path prefix, without a slash at the end; the host is named only with TLS. */
    public String baseUrl() {
        String host = settings.sslContext == null ? "127.0.0.1" : "localhost";
        return server.scheme() + "://" + host + ":" + port() + settings.pathPrefix;
    }

    public int port() {
        return server.port();
    }

    public String apiKey() {
        return settings.apiKey;
    }

    public String orgId() {
        return settings.orgId;
    }

    /** The next requests get these replies, in order, whatever they ask for and whoever sends them. */
    public void enqueue(Reply... replies) {
        script.enqueue(List.of(replies));
    }

    /** Decides on requests for which no reply is queued; answers null to leave one to the service. */
    public void script(Function<RecordedRequest, Reply> decision) {
        script.script(decision);
    }

    /** As {@link #script(Function)}, for the requests on one flow; asked first. */
    public void script(String flowId, Function<RecordedRequest, Reply> decision) {
        script.script(flowId, decision);
    }

    /** Makes the flow answer with these outputs, by output node id; if the function throws, the run is {@code FAILED}. */
    public void flow(String flowId, Function<Map<String, Object>, Map<String, Object>> outputs) {
        flows.register(flowId, outputs);
    }

    /** From now on flows other than the registered ones are answered 404. */
    public void onlyFlows() {
        flows.onlyRegistered();
    }

    /** Takes this bearer token as good, such as a signed-in user's. */
    public void acceptToken(String token) {
        credentials.accept(token);
    }

    /** From now on no bearer token but the API key is good. */
    public void revokeTokens() {
        credentials.revoke();
    }

    /**
     * The next request that was not taken before; waits for it. A request is there once it has arrived, before it is
     * answered.
     *
     * @throws AssertionError when none comes in time
     */
    public RecordedRequest takeRequest(Duration patience) throws InterruptedException {
        return log.take(patience);
    }

    /** The last requests, the oldest first. */
    public List<RecordedRequest> requests() {
        return log.all();
    }

    /** All requests that have arrived, with those that are no longer remembered. */
    public long requestCount() {
        return log.count();
    }

    /** The last runs, the oldest first. */
    public List<RecordedRun> runs() {
        return book.runs();
    }

    /** The last feedback, the oldest first. */
    public List<RecordedFeedback> feedback() {
        return book.feedback();
    }

    /** Requests whose head has arrived, and whose response has neither ended nor been cut. */
    public int openRequests() {
        return traffic.openRequests();
    }

    /** The most requests that were open at once. */
    public int maxOpenRequests() {
        return traffic.maxOpenRequests();
    }

    /** Requests that lost their connection, by the client's doing, before the response ended. */
    public long abortedRequests() {
        return traffic.abortedRequests();
    }

    public int openConnections() {
        return traffic.openConnections();
    }

    /**
     * Forgets scripts, flows, tokens and records. Requests that are still open lose their connections; idle connections
     * stay.
     */
    public void reset() {
        script.clear();
        flows.clear();
        credentials.revoke();
        server.dropOpenRequests();
        book.clear();
        log.clear();
        traffic.reset();
    }

    /** Stops at once; open connections are reset. When it returns, neither thread nor socket is left. */
    @Override
    public void close() {
        server.close();
    }
}
