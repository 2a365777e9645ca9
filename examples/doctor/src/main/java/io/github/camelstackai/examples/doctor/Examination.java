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
package io.github.camelstackai.examples.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What the user wants to have examined.
 *
 * @param inputs of the runs, {@code user_id} included
 * @param node an input node for files; empty for none
 * @param knowledgeBase its id; empty for none
 * @param documentUrl a file for the node; empty for none
 */
record Examination(Paid paid, Map<String, Object> inputs, String node, String knowledgeBase, String documentUrl) {
    /** The runs that may be made. */
    enum Paid {
        NONE,
        /** One run and one stream. */
        ONE,
        /** Also the variants. */
        ALL;

        /** @throws IllegalArgumentException if it is none of the values of {@code -Dpaid} */
        static Paid of(String value) {
            return switch (value) {
                case "", "false" -> NONE;
                case "true" -> ONE;
                case "all" -> ALL;
                default -> throw new IllegalArgumentException("-Dpaid=" + value + " is not true, false or all");
            };
        }
    }

    private static final String QUESTION = "Reply with these words: the doctor says hello";

    /** The inputs of a run: a JSON object as it is, text as {@code in-0}, else a short question. */
    static Map<String, Object> inputs(String input, String user) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        JsonNode json = Json.read(input);
        if (json.isObject()) {
            json.properties().forEach(entry -> inputs.put(entry.getKey(), entry.getValue()));
        } else {
            inputs.put("in-0", input.isBlank() ? QUESTION : input);
        }
        inputs.putIfAbsent("user_id", user.isBlank() ? "doctor-" + UUID.randomUUID() : user);
        return inputs;
    }

    boolean makesRuns() {
        return paid != Paid.NONE;
    }

    boolean makesAllRuns() {
        return paid == Paid.ALL;
    }

    /** Whether the options give what a check needs. */
    boolean gives(String needs) {
        return needs.startsWith("-D")
                && Arrays.stream(needs.split(" ")).allMatch(option -> switch (option) {
                    case "-Dpaid" -> makesRuns();
                    case "-Dpaid=all" -> makesAllRuns();
                    case "-Dnode" -> !node.isBlank();
                    case "-DdocumentUrl" -> !documentUrl.isBlank();
                    default -> !knowledgeBase.isBlank();
                });
    }

    String user() {
        return inputs.get("user_id") instanceof JsonNode node
                ? node.asText()
                : inputs.get("user_id").toString();
    }
}
