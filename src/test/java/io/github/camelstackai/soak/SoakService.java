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
 * The service of a soak test, in a process of its own. It answers each call as its {@link Scenario} says and counts the
 * requests. It prints its base URL, then answers two commands on standard input: {@code requests} (the counts since the last
 * such command, as number=count) and {@code open} (the number of open requests).
 */
final class SoakService {
    /** The key of requests that belong to no call. */
    private static final int STRAY = -1;

    private final long seed;
    private final StackAiSimulator simulator;
    /** The number of requests of each call since the last report, by the number of the call. */
    private final Map<Integer, Integer> counts = new ConcurrentHashMap<>();
    /** The attempts of calls that need several requests, by the number of the call. */
    private final Map<Integer, Integer> tries = new ConcurrentHashMap<>();

    private SoakService(long seed, StackAiSimulator simulator) {
        this.seed = seed;
        this.simulator = simulator;
    }

    /** Runs until standard input ends; the argument is the seed. */
    public static void main(String[] arguments) throws IOException {
        try (StackAiSimulator simulator =
                StackAiSimulator.builder().remember(1000).start()) {
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
        if (request.path().endsWith("/health-check/metadata") || request.path().endsWith("/" + SoakCall.LOGGED_FLOW)) {
            return Reply.usual();
        }
        int number = SoakCall.number(request);
        SoakCall call = number == STRAY ? null : SoakCall.of(seed, number);
        if (call == null || !request.path().equals(call.path(simulator.orgId()))) {
            counts.merge(STRAY, 1, Integer::sum);
            return Reply.error(404, "No call sends this request");
        }
        counts.merge(number, 1, Integer::sum);
        if (call.isLogged()) {
            simulator.logRun(SoakCall.LOGGED_FLOW, Map.of("run_id", call.question()));
        }
        int attempt = call.scenario().requests() == 1 ? 1 : tries.merge(number, 1, Integer::sum);
        Reply reply = call.scenario().reply(SoakReplies.answer(call), attempt);
        return reply.after(Duration.ofMillis(call.latencyMillis()));
    }

    private String requests() {
        return counts.keySet().stream()
                .map(number -> number + "=" + counts.remove(number))
                .collect(Collectors.joining(" "));
    }
}
