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
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The service of a soak, in a process of its own. Does to each call what its {@link Scenario} says, and counts its requests.
 * Prints its base URL; then takes {@code requests} (those that have come since, as number=count) and {@code open}.
 */
final class SoakService {
    /** Requests that are no call's. */
    private static final int STRAY = -1;

    private final long seed;
    private final StackAiSimulator simulator;
    /** All requests of the calls whose count has not been asked for since they came, by number. */
    private final Map<Integer, Integer> counts = new ConcurrentHashMap<>();
    /** Requests of calls that are not answered the first time they are asked, by number. */
    private final Map<Integer, Integer> tries = new ConcurrentHashMap<>();

    private SoakService(long seed, StackAiSimulator simulator) {
        this.seed = seed;
        this.simulator = simulator;
    }

    /** See the class; the argument is the seed. */
    public static void main(String[] arguments) throws IOException {
        try (StackAiSimulator simulator =
                StackAiSimulator.builder().remember(100).start()) {
            SoakService service = new SoakService(Long.parseLong(arguments[0]), simulator);
            simulator.script(service::reply);
            System.out.println(simulator.baseUrl());
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                System.out.println(command.equals("open") ? simulator.openRequests() : service.requests());
            }
        }
    }

    private Reply reply(RecordedRequest request) {
        int number = number(request);
        Call call = number == STRAY ? null : Call.of(seed, number);
        if (call == null || !request.path().equals(call.kind().path(simulator.orgId()))) {
            counts.merge(STRAY, 1, Integer::sum);
            return Reply.error(404, "Not the request of a call");
        }
        counts.merge(number, 1, Integer::sum);
        int attempt = call.scenario().requests() == 1 ? 1 : tries.merge(number, 1, Integer::sum);
        Reply reply = call.scenario().reply(Frames.answer(call), attempt);
        return reply.after(Duration.ofMillis(call.latencyMillis()));
    }

    private static int number(RecordedRequest request) {
        if (request.method().equals("GET")) {
            return Call.number(request.query("run_id"));
        }
        Map<String, Object> body = request.json();
        return Call.number(body.getOrDefault("in-0", body.get("feedback")));
    }

    private String requests() {
        return counts.keySet().stream()
                .map(number -> number + "=" + counts.remove(number))
                .collect(Collectors.joining(" "));
    }
}
