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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The options of a simulator in a process of its own. Immutable. */
final class SimulatorOptions {
    private static final String FAIL = "--fail";
    private static final String FAIL_EVERY = "--fail-every";
    private static final String FLOW = "--flow";
    private static final String RECORD = "--record";
    private static final String TO = "--to";
    private static final String REPLAY = "--replay";
    private static final String IGNORE = "--ignore";
    private static final String MASKED = "--masked";
    private static final String WITH_TIMES = "--with-times";
    private static final String BACKGROUND = "--background";
    private static final Set<String> FLAGS = Set.of(MASKED, WITH_TIMES, BACKGROUND);

    private static final String ANSWER_AFTER = "--answer-after-ms";
    private static final String CHUNK_EVERY = "--chunk-every-ms";
    private static final Set<String> ANSWERS = Set.of(FLOW, ANSWER_AFTER, CHUNK_EVERY);
    private static final Map<String, String> NEEDED =
            Map.of(TO, RECORD, MASKED, RECORD, WITH_TIMES, REPLAY, IGNORE, REPLAY, FAIL_EVERY, FAIL);

    private static final Map<String, BiConsumer<StackAiSimulatorBuilder, String>> SETTINGS = Map.of(
            "--port",
            (settings, value) -> settings.port(number("--port", value)),
            "--io-threads",
            (settings, value) -> settings.ioThreads(number("--io-threads", value)),
            "--api-key",
            StackAiSimulatorBuilder::apiKey,
            "--org-id",
            StackAiSimulatorBuilder::orgId,
            "--path-prefix",
            StackAiSimulatorBuilder::pathPrefix,
            ANSWER_AFTER,
            (settings, value) -> settings.answerAfter(millis(ANSWER_AFTER, value)),
            CHUNK_EVERY,
            (settings, value) -> settings.chunkEvery(millis(CHUNK_EVERY, value)),
            "--remember",
            (settings, value) -> settings.remember(number("--remember", value)));

    private final Map<String, List<String>> given = new HashMap<>();
    private final NamedFaults faults;

    /**
     * @param arguments {@code --name=value}, {@code --name value} or, for a flag, {@code --name}
     * @throws IllegalArgumentException if one is unknown or has an impossible value
     */
    SimulatorOptions(String... arguments) {
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            read(rest.next(), rest);
        }
        if (has(RECORD) && has(REPLAY)) {
            throw new IllegalArgumentException("Only one of --record and --replay is possible");
        }
        NEEDED.forEach((name, needed) -> {
            if (has(name) && !has(needed)) {
                throw new IllegalArgumentException(name + " is possible only with " + needed);
            }
        });
        if (has(RECORD) || has(REPLAY)) {
            ANSWERS.stream().filter(this::has).findFirst().ifPresent(name -> {
                throw new IllegalArgumentException(name + " is not possible with --record or --replay");
            });
        }
        int every = has(FAIL) ? number(FAIL_EVERY, value(FAIL_EVERY, "1")) : Integer.MAX_VALUE;
        this.faults = new NamedFaults(value(FAIL, "500"), every);
    }

    private void read(String argument, Iterator<String> rest) {
        String[] option = argument.split("=", 2);
        String name = option[0];
        boolean flag = option.length == 1 && FLAGS.contains(name);
        if (!flag && FLAGS.contains(name)) {
            throw new IllegalArgumentException("Option " + name + " takes no value");
        }
        if (!flag && !names().contains(name)) {
            String unknown = name.startsWith("--") ? "Unknown option " + name : "A value without an option";
            throw new IllegalArgumentException(
                    unknown + "; the options are " + names() + ", each with a value, and " + new TreeSet<>(FLAGS));
        }
        if (!flag && option.length == 1 && !rest.hasNext()) {
            throw new IllegalArgumentException("Option " + name + " has no value");
        }
        String value = flag ? "" : option.length == 2 ? option[1] : rest.next();
        given.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(SETTINGS.keySet());
        names.addAll(List.of(FAIL, FAIL_EVERY, FLOW, RECORD, TO, REPLAY, IGNORE));
        return names;
    }

    private boolean has(String name) {
        return given.containsKey(name);
    }

    /** The last one counts. */
    private String value(String name, String otherwise) {
        List<String> values = given.getOrDefault(name, List.of(otherwise));
        return values.get(values.size() - 1);
    }

    NamedFaults faults() {
        return faults;
    }

    /** Whether the process runs until it is killed, and reads no commands. */
    boolean inBackground() {
        return has(BACKGROUND);
    }

    /**
     * Starts a simulator with these options.
     *
     * @throws IllegalArgumentException if the file of a recording cannot be read or written
     * @throws java.io.UncheckedIOException if the port cannot be opened
     */
    StackAiSimulator start() {
        StackAiSimulatorBuilder settings = StackAiSimulator.builder();
        SETTINGS.keySet().stream().filter(this::has).forEach(name -> SETTINGS.get(name)
                .accept(settings, value(name, "")));
        List<String[]> flows = given.getOrDefault(FLOW, List.of()).stream()
                .map(SimulatorOptions::flow)
                .toList();
        StackAiSimulator simulator = settings.start();
        try {
            flows.forEach(flow -> simulator.flow(flow[0], inputs -> Map.of("out-0", filled(flow[1], inputs))));
            useRecording(simulator);
            return simulator;
        } catch (IllegalArgumentException e) {
            simulator.close();
            throw e;
        }
    }

    private void useRecording(StackAiSimulator simulator) {
        if (has(RECORD)) {
            StackAiRecording recording = recording(RECORD);
            simulator.record(has(TO) ? recording.baseUrl(value(TO, "")) : recording);
        } else if (has(REPLAY)) {
            simulator.replay(recording(REPLAY));
        }
    }

    private StackAiRecording recording(String option) {
        StackAiRecording recording = StackAiRecording.at(Path.of(value(option, "")));
        recording.masked = has(MASKED);
        recording.withTimes = has(WITH_TIMES);
        return recording.ignoring(value(IGNORE, "").split(",", -1));
    }

    private static String[] flow(String option) {
        String[] flow = option.split("=", 2);
        if (flow.length != 2 || flow[0].isEmpty()) {
            throw new IllegalArgumentException("--flow is FLOW=ANSWER, not " + option);
        }
        return flow;
    }

    /** The answer, with the values of inputs for their names in braces. */
    private static String filled(String answer, Map<String, Object> inputs) {
        String filled = answer;
        for (Map.Entry<String, Object> input : inputs.entrySet()) {
            filled = filled.replace("{" + input.getKey() + "}", String.valueOf(input.getValue()));
        }
        return filled;
    }

    private static Duration millis(String name, String value) {
        return Duration.ofMillis(number(name, value));
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is not a number: " + value, e);
        }
    }
}
