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
 * What one call of a soak does and meets. Made of the seed and the call's number alone, so that route and service, each in a
 * process of its own, know the same, and so that a seed makes the same calls again.
 *
 * @param number as the request carries it
 * @param latencyMillis of the service's answer
 * @param words of the answer
 */
record Call(int number, Kind kind, Scenario scenario, int latencyMillis, int words) {
    static final String FLOW = "soak";

    /** An operation, and how its answer is read. */
    enum Kind {
        RUN("run", ""),
        CHUNKS("stream", ""),
        COLLECT("stream", ""),
        FEEDBACK("feedback", ""),
        METADATA("run", "/metadata");

        private final String name;
        private final String end;

        Kind(String name, String end) {
            this.name = name;
            this.end = end;
        }

        String path(String orgId) {
            return "/inference/v0/" + name + "/" + orgId + "/" + FLOW + end;
        }
    }

    static Call of(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed ^ (number * 0x9E3779B97F4A7C15L));
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        List<Scenario> scenarios = Scenario.of(kind);
        int left = random.nextInt(scenarios.stream().mapToInt(Scenario::weight).sum());
        int chosen = 0;
        while (left >= scenarios.get(chosen).weight()) {
            left -= scenarios.get(chosen++).weight();
        }
        return new Call(number, kind, scenarios.get(chosen), random.nextInt(800), 3 + random.nextInt(60));
    }

    /** What the route sends. */
    String question() {
        return "call " + number;
    }

    /** The number of the call whose question this is; -1 when it is none. */
    static int number(Object question) {
        String text = String.valueOf(question);
        return text.matches("call \\d{1,9}") ? Integer.parseInt(text.substring(5)) : -1;
    }

    /** The word at a place of the answer; none is like that of another call. */
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
