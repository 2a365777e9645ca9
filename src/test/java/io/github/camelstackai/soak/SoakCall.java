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
package io.github.camelstackai.soak;

import io.github.camelstackai.simulator.RecordedRequest;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One call of a soak test and its scenario. It depends on the seed and its number alone: the route and the service, each in a
 * process of its own, derive the same call, and a seed reproduces a run.
 *
 * @param number the number that the request carries
 * @param latencyMillis the time until the service answers
 * @param words the number of words of the answer
 */
record SoakCall(int number, CallKind kind, Scenario scenario, int latencyMillis, int words) {
    static final String FLOW = "soak";
    /** The flow whose log of runs a route consumes. */
    static final String LOGGED_FLOW = "logged";

    static final String KNOWLEDGE_BASE = "0b5d0a4e-1111-4222-8333-444455556666";

    /** An operation, and the way in which its answer is read. */
    enum CallKind {
        RUN("run", "/inference/v0/run/{org}/soak"),
        CHUNKS("stream", "/inference/v0/stream/{org}/soak"),
        COLLECT("stream", "/inference/v0/stream/{org}/soak"),
        FEEDBACK("feedback", "/inference/v0/feedback/{org}/soak"),
        METADATA("metadata", "/inference/v0/run/{org}/soak/metadata"),
        UPLOAD("documents", "/documents/{org}/soak/doc-0/{call}"),
        LIST("documents", "/documents/{org}/soak/doc-0/{call}"),
        DOWNLOAD("documents", "/documents/{org}/soak/doc-0/{call}/file"),
        STATUS("knowledge", "/v1/knowledge-bases/" + KNOWLEDGE_BASE + "/resources/{resource}"),
        RUNS("runs", "/analytics/org/{org}/flows/soak");

        private final String operation;
        private final String path;

        CallKind(String operation, String path) {
            this.operation = operation;
            this.path = path;
        }

        String operation() {
            return operation;
        }
    }

    /** The path of the call's requests. */
    String path(String orgId) {
        return kind.path.replace("{org}", orgId).replace("{call}", question()).replace("{resource}", resource());
    }

    /** The call that a request names; -1 for none. */
    static int number(RecordedRequest request) {
        String[] path = request.path().split("/", -1);
        return switch (path[1]) {
            case "documents" -> number(path[5]);
            case "v1" -> (int) UUID.fromString(path[5]).getLeastSignificantBits();
            case "analytics" -> number(request.query("user_id"));
            default -> request.method().equals("GET") ? number(request.query("run_id")) : number(request.json());
        };
    }

    private static int number(Map<String, Object> body) {
        return number(body.getOrDefault("in-0", body.get("feedback")));
    }

    /** Whether its run is in the log that a route consumes. */
    boolean isLogged() {
        return kind == CallKind.RUN && scenario == Scenario.ANSWERED;
    }

    static SoakCall of(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed ^ (number * 0x9E3779B97F4A7C15L));
        CallKind kind = CallKind.values()[random.nextInt(CallKind.values().length)];
        List<Scenario> scenarios = Scenario.of(kind);
        int left = random.nextInt(scenarios.stream().mapToInt(Scenario::weight).sum());
        int chosen = 0;
        while (left >= scenarios.get(chosen).weight()) {
            left -= scenarios.get(chosen++).weight();
        }
        return new SoakCall(number, kind, scenarios.get(chosen), random.nextInt(800), 3 + random.nextInt(60));
    }

    /** The text that the route sends. */
    String question() {
        return "call " + number;
    }

    /** The id of the file that the call is about. */
    String resource() {
        return new UUID(0, number).toString();
    }

    /** The number of the call that sends this question; -1 for any other text. */
    static int number(Object question) {
        String text = String.valueOf(question);
        return text.matches("call \\d{1,9}") ? Integer.parseInt(text.substring(5)) : -1;
    }

    /** The word at an index of the answer; no other call has it. */
    String word(int place) {
        return "é" + number + "." + place + " ";
    }

    /** The whole answer. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(word(i));
        }
        return text.toString();
    }
}
