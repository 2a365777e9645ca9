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
 * A server on a loopback port that simulates StackAI. By default it answers as the service does; {@link #enqueue} and
 * {@link #script} set other answers and faults. Thread-safe. No argument may be null.
 *
 * <p>The simulator calls scripts and functions of flows on its I/O threads, where they must not block. A {@link Reply}
 * waits without a thread.
 */
public final class StackAiSimulator implements AutoCloseable {
    private final StackAiSimulatorBuilder settings;
    private final TrafficCounters traffic = new TrafficCounters();
    private final FlowRegistry flows = new FlowRegistry();
    private final Authenticator authenticator;
    private final RunLog runs;
    private final FileStore files;
    private final LoggedRuns logged;
    private final ServiceEmulator service;
    private final RequestLog requests;
    private final Dispatcher dispatcher;
    private final SimulatorServer server;

    StackAiSimulator(StackAiSimulatorBuilder settings) throws IOException {
        this.settings = settings;
        this.authenticator = new Authenticator(settings);
        this.runs = new RunLog(settings.remembered);
        this.logged = new LoggedRuns(settings.remembered);
        this.requests = new RequestLog(settings.remembered);
        this.files = new FileStore(settings.remembered);
        this.service = new ServiceEmulator(settings, authenticator, flows, runs, logged, files);
        this.dispatcher = new Dispatcher(requests, service);
        this.server = new SimulatorServer(settings, traffic, dispatcher);
    }

    /**
     * Starts a simulator with the default settings, on a free port.
     *
     * @throws java.io.UncheckedIOException if no port can be opened
     */
    public static StackAiSimulator start() {
        return builder().start();
    }

    public static StackAiSimulatorBuilder builder() {
        return new StackAiSimulatorBuilder();
    }

    /** Scheme, host, port and path prefix, without a trailing slash. The host is 127.0.0.1, with TLS localhost. */
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

    /** Adds replies to a queue. Each request takes the next one, whatever its operation, flow and credential. */
    public void enqueue(Reply... replies) {
        dispatcher.enqueue(List.of(replies));
    }

    /**
     * Sets the function that replies to requests when the queue is empty, instead of any earlier one. If it returns null,
     * the service answers; if it throws, the request gets status 500.
     */
    public void script(Function<RecordedRequest, Reply> decision) {
        dispatcher.script(decision);
    }

    /** As {@link #script(Function)}, for the requests of one flow, and asked before the function for all requests. */
    public void script(String flowId, Function<RecordedRequest, Reply> decision) {
        dispatcher.script(flowId, decision);
    }

    /**
     * Sets the function that computes the outputs of a flow, by output node id, from the request's JSON object. If it
     * throws, the run is {@code FAILED}.
     */
    public void flow(String flowId, Function<Map<String, Object>, Map<String, Object>> outputs) {
        flows.register(flowId, outputs);
    }

    /**
     * From now on passes requests on to the service, and writes a new file of what they are answered, once there is an answer. The
     * queue and scripts reply before. See {@link StackAiRecording}.
     *
     * @throws IllegalArgumentException if the file cannot be written, or the address in the environment is none
     */
    public void record(StackAiRecording recording) {
        record(recording, RecordingFile.create(recording.file, recording.masked));
    }

    void record(StackAiRecording recording, RecordingFile file) {
        dispatcher.answerWith(new RecordingRelay(settings, recording, file));
    }

    /**
     * From now on answers from a file. The queue and scripts reply before. See {@link StackAiRecording}.
     *
     * @throws IllegalArgumentException if the file is missing, damaged or of a later version
     */
    public void replay(StackAiRecording recording) {
        dispatcher.answerWith(new Replayer(settings, recording, service));
    }

    /** For each request that the replayed file does not answer, the nearest recording and what differs. */
    public List<String> unmatched() {
        return dispatcher.answerer().unmatched();
    }

    /** From now on the service answers 404 for all flows without a function. */
    public void onlyFlows() {
        flows.onlyRegistered();
    }

    /** The files that were uploaded for a node of a flow and a user, and not deleted, the oldest first. */
    public List<RecordedFile> documents(String flowId, String node, String userId) {
        return files.documents(List.of(flowId, node, userId));
    }

    /** The files of a knowledge base, the oldest first. Any UUID is a knowledge base. */
    public List<RecordedResource> resources(String knowledgeBaseId) {
        return files.resources(knowledgeBaseId);
    }

    /**
     * The statuses of files that are put into knowledge bases from now on: each time a client asks, the next one, at last the last
     * one. Usually {@code resource}, {@code parsed}, {@code indexed}.
     */
    public void indexing(String... statuses) {
        files.statuses(List.of(statuses));
    }

    /** Accepts a bearer token besides the API key, for example that of a signed-in user. */
    public void acceptToken(String token) {
        authenticator.accept(token);
    }

    /** From now on the API key is the only valid bearer token. */
    public void revokeTokens() {
        authenticator.revokeTokens();
    }

    /**
     * Waits for the next request that was not taken before. A request is available when it has arrived, before the
     * simulator answers it.
     *
     * @throws AssertionError if no request arrives within the timeout
     */
    public RecordedRequest takeRequest(Duration timeout) throws InterruptedException {
        return requests.take(timeout);
    }

    /** A copy of the last requests, the oldest first; see {@link StackAiSimulatorBuilder#remember}. */
    public List<RecordedRequest> requests() {
        return requests.all();
    }

    /** How many requests have arrived, including those that are no longer remembered. */
    public long requestCount() {
        return requests.count();
    }

    /** A copy of the last runs, the oldest first. */
    public List<RecordedRun> runs() {
        return runs.runs();
    }

    /**
     * Adds a run to the log of a flow, whatever its date; or replaces fields of the run that has the same {@code run_id}, as
     * when a paused run ends.
     *
     * @param fields as the service names them; those that are missing have usual values, and {@code run_id} a new id
     * @return the id of the run
     */
    public String logRun(String flowId, Map<String, Object> fields) {
        return logged.add(flowId, fields);
    }

    /** Sets the order of the log; default the newest run first. */
    public void logOrder(LogOrder order) {
        logged.order(order);
    }

    /** Sets the largest page of the log, whatever a request asks for; default no limit. */
    public void logPageLimit(int runs) {
        logged.maxPageSize(runs);
    }

    /** A copy of the last feedback, the oldest first. */
    public List<RecordedFeedback> feedback() {
        return runs.feedback();
    }

    /** Requests whose head has arrived and whose response is neither complete nor cut. */
    public int openRequests() {
        return traffic.openRequests();
    }

    /** The highest number of requests that were open at once. */
    public int maxOpenRequests() {
        return traffic.maxOpenRequests();
    }

    /** Requests whose connection the client closed before the response was complete. */
    public long abortedRequests() {
        return traffic.abortedRequests();
    }

    public int openConnections() {
        return traffic.openConnections();
    }

    /** Removes queued replies, scripts, flows, tokens and records, and ends recording and replay. Resets connections with open requests and keeps others. */
    public void reset() {
        dispatcher.clear();
        flows.clear();
        authenticator.revokeTokens();
        server.resetBusyConnections();
        dispatcher.answerAsService();
        runs.clear();
        files.clear();
        logged.clear();
        requests.clear();
        traffic.reset();
    }

    /**
     * Stops and resets open connections. When it returns, no thread and no socket is left, except idle ones
     * of the JDK's client after {@link #record}: the garbage collector closes it.
     */
    @Override
    public void close() {
        server.close();
        dispatcher.answerAsService();
    }
}
