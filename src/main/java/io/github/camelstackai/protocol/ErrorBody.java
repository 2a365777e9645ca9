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
package io.github.camelstackai.protocol;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The body of a response with an error status. The service sends a JSON object whose {@code detail} is text, a list of validation
 * errors, or an object.
 *
 * @param detail text, or JSON if it is a list or an object; null for none, as in the HTML page of a gateway
 * @param validationErrors the objects of the list, each with {@code loc}, {@code msg} and {@code type}; empty for none
 */
public record ErrorBody(String detail, List<Map<String, Object>> validationErrors) {
    private static final ErrorBody NONE = new ErrorBody(null, List.of());

    /** Reads the body; returns an empty value if it is not JSON, or has no {@code detail}. */
    public static ErrorBody of(byte[] body, Json json) {
        try {
            return json.read(body) instanceof Map<?, ?> object ? ofDetail(object.get("detail")) : NONE;
        } catch (IOException e) {
            return NONE; // not JSON: the message shows the body as it is
        }
    }

    private static ErrorBody ofDetail(Object detail) {
        if (detail == null) {
            return NONE;
        }
        return new ErrorBody(Json.text(detail), detail instanceof List<?> list ? objects(list) : List.of());
    }

    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    private static List<Map<String, Object>> objects(List<?> list) {
        return list.stream()
                .filter(Map.class::isInstance)
                .map(error -> (Map<String, Object>) error)
                .toList();
    }
}
