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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A request target.
 *
 * @param raw as received
 * @param query decoded; if a name occurs twice, the last value
 */
record RequestTarget(String raw, Map<String, String> query) {
    static RequestTarget parse(String raw) {
        int mark = raw.indexOf('?');
        return new RequestTarget(raw, mark < 0 ? Map.of() : parameters(raw.substring(mark + 1)));
    }

    /** Decodes the pairs of a query or a form, in their order. */
    static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return Collections.unmodifiableMap(parameters);
    }

    String path() {
        return String.join("/", segments());
    }

    /** The decoded segments of the path. The first is the empty text before the first slash. */
    List<String> segments() {
        int mark = raw.indexOf('?');
        String path = mark < 0 ? raw : raw.substring(0, mark);
        return Stream.of(path.split("/", -1))
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
    }

    /** The segments after those of the prefix; empty if the path has another start. */
    List<String> within(List<String> prefix) {
        List<String> path = segments();
        boolean within =
                path.size() > prefix.size() && path.subList(0, prefix.size()).equals(prefix);
        return within ? path.subList(prefix.size(), path.size()) : List.of();
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded; // an invalid escape is kept as text
        }
    }
}
