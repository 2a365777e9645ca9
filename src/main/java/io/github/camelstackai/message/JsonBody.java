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
package io.github.camelstackai.message;

import io.github.camelstackai.protocol.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A body that is a {@code Map} or {@code List}, and that Camel converts to text and bytes as JSON: to unmarshal, validate, store and
 * send it works as if the service had answered with text.
 */
public sealed interface JsonBody {
    /** Wraps a {@code Map} or {@code List}; returns any other value as it is. */
    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    static Object of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new OfObject((Map<String, Object>) map);
        }
        return value instanceof List<?> list ? new OfArray(list) : value;
    }

    /** The JSON. */
    default String json() {
        return Json.text(this);
    }

    /** A JSON object. */
    final class OfObject extends LinkedHashMap<String, Object> implements JsonBody {
        private static final long serialVersionUID = 1L;

        OfObject(Map<String, Object> fields) {
            super(fields);
        }
    }

    /** A JSON array. */
    final class OfArray extends ArrayList<Object> implements JsonBody {
        private static final long serialVersionUID = 1L;

        OfArray(List<?> items) {
            super(items);
        }
    }
}
