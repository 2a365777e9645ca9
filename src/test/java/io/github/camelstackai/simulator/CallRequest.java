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

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request as a recording has it, and as it is compared. Immutable.
 *
 * @param operation in lower case
 * @param flow null for none
 * @param path decoded, without the prefix, with a placeholder for the organisation
 * @param inputs a JSON object: the body, or what describes it
 */
record CallRequest(
        String operation, String method, String flow, String path, Map<String, String> query, JsonNode inputs) {
    private static final int SHOWN = 100;
    private static final String LEGACY_UPLOAD = "legacy_upload";
    private static final Set<String> PLACE = Set.of("flow_id", "node_id", "user_id");

    /** Numbers are equal if their values are, as 1 and 1.0. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    boolean matches(CallRequest other, Set<String> ignored) {
        return differences(other, ignored).isEmpty();
    }

    /**
     * What differs in a recorded request, in words; empty if this one matches it. The query counts only without a body: it has
     * the inputs then. That of a legacy upload also has what is in the paths of other uploads.
     */
    List<String> differences(CallRequest recorded, Set<String> ignored) {
        List<String> differences = new ArrayList<>();
        compare("operation", operation, recorded.operation, differences);
        compare("path", path, recorded.path, differences);
        Set<String> names = new TreeSet<>();
        List.of(inputs, recorded.inputs).forEach(one -> one.fieldNames().forEachRemaining(names::add));
        names.removeAll(ignored);
        names.forEach(name -> compare(name, inputs.get(name), recorded.inputs.get(name), differences));
        Set<String> parameters = new TreeSet<>();
        if (LEGACY_UPLOAD.equals(operation)) {
            parameters.addAll(PLACE);
        }
        if (inputs.isEmpty() && recorded.inputs.isEmpty()) {
            parameters.addAll(query.keySet());
            parameters.addAll(recorded.query.keySet());
        }
        parameters.removeAll(ignored);
        parameters.forEach(name -> compare(name, query.get(name), recorded.query.get(name), differences));
        return differences;
    }

    boolean hasQueryOf(CallRequest other, Set<String> ignored) {
        return without(ignored, query).equals(without(ignored, other.query));
    }

    private static Map<String, String> without(Set<String> names, Map<String, String> query) {
        Map<String, String> others = new HashMap<>(query);
        others.keySet().removeAll(names);
        return others;
    }

    private static void compare(String name, Object here, Object there, List<String> differences) {
        if (here == null ? there != null : there == null || !equal(here, there)) {
            differences.add(name + " is " + shown(there) + " there and " + shown(here) + " here");
        }
    }

    private static boolean equal(Object here, Object there) {
        return (here instanceof JsonNode one && there instanceof JsonNode other)
                ? one.equals(BY_VALUE, other)
                : here.equals(there);
    }

    private static String shown(Object value) {
        String text = value == null ? "absent" : value instanceof JsonNode json ? json.toString() : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    @Override
    public String toString() {
        return operation + " " + path + " with inputs " + shown(inputs);
    }
}
