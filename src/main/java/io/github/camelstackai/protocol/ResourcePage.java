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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A page of the list of a knowledge base's files.
 *
 * @param cursor of the next page; null for none
 */
public record ResourcePage(List<Map<String, Object>> resources, String cursor) {
    /**
     * Reads a response: a list, which is the only page, or an object with {@code data}, {@code cursor} and {@code has_more}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static ResourcePage of(Object response) {
        if (response instanceof List<?> items) {
            return new ResourcePage(resources(items), null);
        }
        if (response instanceof Map<?, ?> page && page.get("data") instanceof List<?> items) {
            Object cursor = Boolean.FALSE.equals(page.get("has_more")) ? null : page.get("cursor");
            String text = cursor == null ? "" : cursor.toString();
            return new ResourcePage(resources(items), text.isBlank() || items.isEmpty() ? null : text);
        }
        throw new IllegalArgumentException("it is neither a list nor an object with the list \"data\"");
    }

    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    private static List<Map<String, Object>> resources(List<?> items) {
        List<Map<String, Object>> resources = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof Map<?, ?> resource)) {
                throw new IllegalArgumentException("the list has an item that is not an object");
            }
            resources.add((Map<String, Object>) resource);
        }
        return resources;
    }
}
