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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Answers as StackAI does. It checks in this order: path (404), method (405), credential (401), parameters and body (422),
 * organisation and flow (404). Thread-safe; never blocks if the functions of the flows do not.
 */
final class ServiceEmulator {
    private final StackAiSimulatorBuilder settings;
    private final List<String> prefix;
    private final Authenticator authenticator;
    private final FlowRegistry flows;
    private final RunLog log;
    private final FileEmulator files;
    private final LoggedRuns logged;

    ServiceEmulator(
            StackAiSimulatorBuilder settings,
            Authenticator authenticator,
            FlowRegistry flows,
            RunLog log,
            LoggedRuns logged,
            FileStore files) {
        this.settings = settings;
        this.prefix = settings.prefixSegments();
        this.authenticator = authenticator;
        this.flows = flows;
        this.log = log;
        this.files = new FileEmulator(files);
        this.logged = logged;
    }

    Reply answer(RecordedRequest request) {
        try {
            return answerOrReject(request);
        } catch (RejectedRequestException e) {
            return e.reply();
        }
    }

    /** The id of the flow that a request names, or null. */
    String flowOf(RecordedRequest request) {
        List<String> path = relative(request);
        return ApiOperation.at(path).stream()
                .map(operation -> operation.flow(path))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private List<String> relative(RecordedRequest request) {
        return request.target().within(prefix);
    }

    private Reply answerOrReject(RecordedRequest request) {
        List<String> path = relative(request);
        ApiOperation operation = operation(request, path);
        if (operation == ApiOperation.TOKEN) {
            return authenticator.issueToken(request);
        }
        authenticator.check(request);
        QueryParameters query = new QueryParameters(request.query());
        return switch (operation) {
            case RUN -> run(request, path, query);
            case FEEDBACK -> feedback(request, path);
            case METADATA -> metadata(request, path);
            case RUNS -> runs(path, query);
            case STREAM, SSO_STREAM -> stream(operation, request, path, query);
            default -> files(operation, request, path);
        };
    }

    private static ApiOperation operation(RecordedRequest request, List<String> path) {
        List<ApiOperation> operations = ApiOperation.at(path);
        if (operations.isEmpty()) {
            throw RejectedRequestException.notFound("Not Found");
        }
        return operations.stream()
                .filter(operation -> operation.method().equals(request.method()))
                .findFirst()
                .orElseThrow(() -> RejectedRequestException.wrongMethod(
                        operations.stream().map(ApiOperation::method).collect(Collectors.joining(", "))));
    }

    private Reply files(ApiOperation operation, RecordedRequest request, List<String> path) {
        if (operation.flow(path) != null) {
            checkFlow(operation, path);
        }
        return files.answer(operation, request, path);
    }

    private Reply run(RecordedRequest request, List<String> path, QueryParameters query) {
        query.integer("version");
        boolean verbose = query.flag("verbose", true);
        query.check();
        RecordedRun run = execute(ApiOperation.RUN, request, path);
        boolean flat = !verbose && run.error() == null;
        return Reply.json(flat ? run.outputs() : RunFormatter.response(run)).after(settings.answerAfter);
    }

    private Reply stream(ApiOperation operation, RecordedRequest request, List<String> path, QueryParameters query) {
        query.integer("version");
        query.flag("prefix", false);
        query.flag("run_draft", false);
        boolean sse = query.flag("sse", false);
        RunFormatter formatter = new RunFormatter(query.flag("delta", true), query.flag("verbose", true));
        query.check();
        String[] chunks = formatter
                .frames(execute(operation, request, path))
                .map(frame -> sse ? RunFormatter.event(frame) : RunFormatter.line(frame))
                .toArray(String[]::new);
        return Reply.chunks(chunks)
                .contentType(sse ? "text/event-stream" : "application/json")
                .after(settings.answerAfter)
                .chunkEvery(settings.chunkEvery);
    }

    private RecordedRun execute(ApiOperation operation, RecordedRequest request, List<String> path) {
        Map<String, Object> inputs = object(request);
        checkFlow(operation, path);
        String flowId = operation.flow(path);
        String runId = UUID.randomUUID().toString();
        RecordedRun run;
        try {
            run = new RecordedRun(runId, settings.orgId, flowId, inputs, flows.run(flowId, inputs), "COMPLETED", null);
        } catch (RuntimeException e) {
            run = new RecordedRun(runId, settings.orgId, flowId, inputs, Map.of(), "FAILED", e.toString());
        }
        log.add(run);
        logged.add(run, settings.loggedAfter);
        return run;
    }

    private Reply feedback(RecordedRequest request, List<String> path) {
        Map<String, Object> body = object(request);
        List<Map<String, Object>> problems = new ArrayList<>();
        for (String field : List.of("run_id", "feedback")) {
            if (!body.containsKey(field)) {
                problems.add(RejectedRequestException.problem(List.of("body", field), "Field required", "missing"));
            } else if (!(body.get(field) instanceof String)) {
                problems.add(RejectedRequestException.problem(
                        List.of("body", field), "Input should be a valid string", "string_type"));
            }
        }
        if (!problems.isEmpty()) {
            throw RejectedRequestException.invalid(problems);
        }
        checkFlow(ApiOperation.FEEDBACK, path);
        String runId = (String) body.get("run_id");
        String flowId = ApiOperation.FEEDBACK.flow(path);
        log.add(new RecordedFeedback(runId, settings.orgId, flowId, (String) body.get("feedback")));
        int known = log.run(runId).isPresent() ? 1 : 0;
        return Reply.json(Map.of("matched_count", known, "modified_count", known));
    }

    private Reply metadata(RecordedRequest request, List<String> path) {
        checkFlow(ApiOperation.METADATA, path);
        String flowId = ApiOperation.METADATA.flow(path);
        String runId = request.query("run_id");
        if (runId == null) {
            return Reply.json(log.lastOf(flowId).map(ServiceEmulator::describe).orElse(Map.of()));
        }
        return log.run(runId)
                .filter(run -> run.flowId().equals(flowId))
                .map(run -> Reply.json(describe(run)))
                .orElseThrow(() -> RejectedRequestException.notFound("Run not found"));
    }

    private Reply runs(List<String> path, QueryParameters query) {
        int page = query.integer("page", 0, 0);
        int pageSize = query.integer("page_size", 25, 1);
        LoggedRuns.Filter filter = new LoggedRuns.Filter(
                query.time("start_date"), query.time("end_date"), query.text("user_id"), query.text("state"));
        query.check();
        checkFlow(ApiOperation.RUNS, path);
        return Reply.json(logged.page(ApiOperation.RUNS.flow(path), filter, page, pageSize));
    }

    private static Map<String, Object> describe(RecordedRun run) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("run_id", run.runId());
        metadata.put("org_id", run.orgId());
        metadata.put("flow_id", run.flowId());
        metadata.put("state", run.state());
        metadata.put("inputs", run.inputs());
        metadata.put("outputs", run.outputs());
        metadata.put("error", run.error());
        return metadata;
    }

    private static Map<String, Object> object(RecordedRequest request) {
        try {
            return request.json();
        } catch (IllegalArgumentException e) {
            throw RejectedRequestException.invalid(List.of("body"), "Input should be a valid dictionary", "dict_type");
        }
    }

    private void checkFlow(ApiOperation operation, List<String> path) {
        if (!settings.orgId.equals(operation.org(path))) {
            throw RejectedRequestException.notFound("Organization not found");
        }
        if (!flows.has(operation.flow(path))) {
            throw RejectedRequestException.notFound("Flow not found");
        }
    }
}
