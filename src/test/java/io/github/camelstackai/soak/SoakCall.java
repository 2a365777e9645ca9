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

import java.util.List;
import java.util.SplittableRandom;

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

    /** An operation, and the way in which its answer is read. */
    enum CallKind {
        RUN("run", "run", ""),
        CHUNKS("stream", "stream", ""),
        COLLECT("stream", "stream", ""),
        FEEDBACK("feedback", "feedback", ""),
        METADATA("metadata", "run", "/metadata");

        private final String operation;
        private final String name;
        private final String end;

        CallKind(String operation, String name, String end) {
            this.operation = operation;
            this.name = name;
            this.end = end;
        }

        String operation() {
            return operation;
        }

        String path(String orgId) {
            return "/inference/v0/" + name + "/" + orgId + "/" + FLOW + end;
        }
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
