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
package io.github.camelstackai;

import io.github.camelstackai.call.AuthenticatedClient;
import io.github.camelstackai.call.CallOptions;
import io.github.camelstackai.call.ClientRuntime;
import io.github.camelstackai.call.JsonResponseHandler;
import io.github.camelstackai.call.RequestFactory;
import io.github.camelstackai.call.ServiceProbe;
import io.github.camelstackai.failure.FailureRecorder;
import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.message.FeedbackMapper;
import io.github.camelstackai.message.InputMapper;
import io.github.camelstackai.message.JsonBody;
import io.github.camelstackai.message.MessageHeaders;
import io.github.camelstackai.message.OutputMapper;
import io.github.camelstackai.message.OutputReader;
import io.github.camelstackai.message.TargetReader;
import io.github.camelstackai.operation.FeedbackOperation;
import io.github.camelstackai.operation.MetadataOperation;
import io.github.camelstackai.operation.Operation;
import io.github.camelstackai.operation.RunOperation;
import io.github.camelstackai.operation.StreamOperation;
import io.github.camelstackai.protocol.RunResult;
import io.github.camelstackai.runlog.LogPages;
import io.github.camelstackai.stream.ChunkSender;
import io.github.camelstackai.stream.ChunkTargets;
import io.github.camelstackai.stream.StreamOptions;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;

/** Creates the operation of an endpoint from its options, which are copied: later changes to them have no effect. */
final class OperationFactory {
    private final StackAiOperation operation;
    private final CamelContext context;
    private final ChunkTargets chunkTargets;
    private final StackAiConfiguration options;
    private final ClientRuntime runtime;
    private final CallOptions calls;
    private final TargetReader targets;
    private final RequestFactory requests;

    /** @param flowId of the endpoint's URI; null if it names none */
    OperationFactory(
            StackAiOperation operation,
            StackAiConfiguration options,
            String flowId,
            ClientRuntime runtime,
            CamelContext context,
            ChunkTargets chunkTargets) {
        this.operation = operation;
        this.options = options;
        this.runtime = runtime;
        this.context = context;
        this.chunkTargets = chunkTargets;
        this.calls = new CallOptions(
                options.getApiKey(),
                options.getBaseUrl(),
                options.getVersion(),
                options.isVerbose(),
                timeouts(options),
                options.getMaxResponseSize());
        this.targets = new TargetReader(operation, options.getOrgId(), flowId);
        this.requests = new RequestFactory(runtime, calls, targets);
    }

    static CallTimeouts timeouts(StackAiConfiguration options) {
        return new CallTimeouts(
                options.getResponseTimeout(), options.getStreamIdleTimeout(), options.getTotalTimeout());
    }

    Operation create() {
        return switch (operation) {
            case RUN -> run();
            case STREAM -> stream();
            case FEEDBACK -> feedback();
            case METADATA -> metadata();
            case RUNS -> runs().operation();
            case DOCUMENTS -> files().documents();
            case KNOWLEDGE -> files().knowledge();
        };
    }

    /**
     * Asks the service that the calls go to.
     *
     * @param flowId null for none
     * @return null if the options lack what every message then has to name: the organisation, or the credential
     */
    ServiceProbe probe(String flowId) {
        boolean credential = options.getApiKey() != null || runtime.credential().get() != null;
        return credential && options.getOrgId() != null
                ? new ServiceProbe(runtime, calls, options.getOrgId(), flowId)
                : null;
    }

    FailureRecorder failures() {
        return new FailureRecorder(options.getMaxRetryAfter(), created());
    }

    /** The header with the id of what a call creates; null if it creates nothing. */
    private String created() {
        boolean stores = operation == StackAiOperation.KNOWLEDGE && options.getAction() == StackAiFileAction.UPLOAD;
        String stored = stores ? StackAiConstants.RESOURCE_ID : null;
        return runsFlow() ? StackAiConstants.RUN_ID : stored;
    }

    private FileOperationFactory files() {
        return new FileOperationFactory(options, runtime, calls, requests, chunkTargets.openCalls());
    }

    private boolean runsFlow() {
        return operation == StackAiOperation.RUN || operation == StackAiOperation.STREAM;
    }

    private AuthenticatedClient client() {
        return new AuthenticatedClient(
                runtime, calls, runsFlow() ? HttpErrorMapper::adviceForRun : HttpErrorMapper::advice);
    }

    private InputMapper inputs() {
        return new InputMapper(options.getInput(), options.getUserId(), runtime.json());
    }

    private OutputMapper outputs() {
        return new OutputMapper(options.getResponse(), options.getOutput(), outputReader());
    }

    /** Null to leave outputs as they are. */
    private OutputReader outputReader() {
        String type = options.getOutputClass();
        if (type == null) {
            return options.getOutputFormat() == null ? null : new OutputReader(runtime.json(), null);
        }
        return new OutputReader(
                runtime.json(), OutputTypeLookup.find(type, runtime.json(), context.getClassResolver()));
    }

    /** Null to send no chunks. */
    private Function<Exchange, ChunkSender> chunks() {
        if (options.getChunkUri() == null) {
            return null;
        }
        Endpoint target = chunkEndpoint();
        return exchange -> new ChunkSender(chunkTargets, target, exchange);
    }

    private Endpoint chunkEndpoint() {
        try {
            Endpoint target = context.getEndpoint(options.getChunkUri());
            chunkTargets.prepare(target);
            return target;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("Invalid stackai option chunkUri: " + e.getMessage(), e);
        }
    }

    private JsonResponseHandler json(JsonResponseHandler.Mapper mapper, String consequence) {
        return new JsonResponseHandler(runtime.json(), calls.maxResponseSize(), mapper, consequence);
    }

    private Operation run() {
        OutputMapper outputs = outputs();
        return new RunOperation(
                requests,
                inputs(),
                client(),
                json(
                        (object, call, exchange) -> outputs.apply(RunResult.of(object), call, exchange),
                        "; the run may have taken place"));
    }

    private Operation stream() {
        return new StreamOperation(
                new StreamOperation.Parameters(
                        options.getStreamMode() == StackAiStreamMode.COLLECT,
                        options.isStreamFlag(),
                        options.isSso(),
                        options.isPrefix(),
                        options.isDelta(),
                        options.isSse(),
                        options.isRunDraft()),
                new StreamOptions(
                        options.getOutput(),
                        options.isDelta(),
                        options.isVerbose(),
                        options.getStreamBufferSize(),
                        options.getMaxResponseSize()),
                requests,
                inputs(),
                client(),
                runtime,
                outputs(),
                chunks());
    }

    private Operation feedback() {
        return new FeedbackOperation(
                requests,
                new FeedbackMapper(options.getRunId(), runtime.json()),
                client(),
                json(
                        (object, call, exchange) -> MessageHeaders.setAnswer(
                                exchange.getMessage(), JsonBody.of(FeedbackMapper.counts(object))),
                        "; the feedback may have been recorded"));
    }

    private Operation metadata() {
        return new MetadataOperation(
                requests,
                options.getRunId(),
                client(),
                json(
                        (object, call, exchange) ->
                                MessageHeaders.setAnswer(exchange.getMessage(), JsonBody.of(object)),
                        ""));
    }

    /** Of the log of runs. */
    RunsFactory runs() {
        LogPages pages = new LogPages(requests, client(), runtime.json(), calls.maxResponseSize());
        return new RunsFactory(options.copy(), options.getUserId(), targets, pages, runtime);
    }
}
