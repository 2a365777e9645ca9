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
 * The body of an answer that refuses a call, as far as it is the service's own: {@code detail} is text, a list of
 * validation errors, or an object.
 *
 * @param detail as text, an object or list as JSON; null where there was none, as on a gateway's HTML page
 * @param validationErrors the objects of a list, each with {@code loc}, {@code msg} and {@code type}; empty for none
 */
public record ErrorBody(String detail, List<Map<String, Object>> validationErrors) {
    private static final ErrorBody NONE = new ErrorBody(null, List.of());

    /** Reads the body, whatever it is. */
    public static ErrorBody of(byte[] body, Json json) {
        try {
            return json.read(body) instanceof Map<?, ?> object ? ofDetail(object.get("detail")) : NONE;
        } catch (IOException e) {
            return NONE; // not the service's own words; the body as such is shown instead
        }
    }

    private static ErrorBody ofDetail(Object detail) {
        if (detail == null) {
            return NONE;
        }
        return new ErrorBody(Json.text(detail), detail instanceof List<?> list ? objects(list) : List.of());
    }

    @SuppressWarnings("unchecked") // a JSON object has text keys
    private static List<Map<String, Object>> objects(List<?> list) {
        return list.stream()
                .filter(Map.class::isInstance)
                .map(error -> (Map<String, Object>) error)
                .toList();
    }
}
