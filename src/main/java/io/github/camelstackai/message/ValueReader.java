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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.text.Excerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/**
 * Reads a body, or a value inside one, as what JSON can hold: a {@code Map}, {@code List}, {@code String}, {@code Number},
 * {@code Boolean} or {@link JsonNode}; null for none. Thread-safe.
 */
final class ValueReader {
    /** Half of what Jackson writes, and far from the end of a stack. */
    private static final int MAX_DEPTH = 500;

    private final Json json;

    ValueReader(Json json) {
        this.json = json;
    }

    /**
     * @param name of the value in messages, such as "The body"
     * @throws IllegalArgumentException naming the value inside that cannot be sent
     * @throws InvalidPayloadException if Camel cannot read a value
     */
    Object read(Object value, String name, Exchange exchange) throws InvalidPayloadException {
        return read(value, name, exchange, 0);
    }

    /** As {@link #read(Object, String, Exchange)}, of a value inside others. */
    Object read(Object value, String name, Exchange exchange, int depth) throws InvalidPayloadException {
        checkDepth(name, depth);
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return checked(number, name);
        }
        if (TextReader.isText(value)) {
            return TextReader.read(value, name, exchange);
        }
        if (value instanceof JsonNode node) {
            return checked(node, name, depth);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, name, exchange, depth);
        }
        if (value instanceof Iterable<?> items) {
            return list(items.iterator(), name, exchange, depth);
        }
        if (value instanceof Object[] items) {
            return list(Arrays.asList(items).iterator(), name, exchange, depth);
        }
        return value instanceof Iterator<?> items
                ? once(items, name, exchange, depth)
                : tree(value, name, exchange, depth);
    }

    private Map<String, Object> map(Map<?, ?> map, String name, Exchange exchange, int depth)
            throws InvalidPayloadException {
        Map<String, Object> read = new LinkedHashMap<>();
        for (Map.Entry<?, ?> field : map.entrySet()) {
            String key = String.valueOf(field.getKey());
            read.put(key, read(field.getValue(), nameOf(key, name, depth), exchange, depth + 1));
        }
        return read;
    }

    /** The names of the fields on the way; no more of them than a message shows. */
    static String nameOf(String key, String parent, int depth) {
        return depth == 0 ? "The input '" + Excerpt.of(key) + "'" : parent;
    }

    private List<Object> list(Iterator<?> items, String name, Exchange exchange, int depth)
            throws InvalidPayloadException {
        List<Object> read = new ArrayList<>();
        while (items.hasNext()) {
            read.add(read(items.next(), name, exchange, depth + 1));
        }
        return read;
    }

    private Object once(Iterator<?> items, String name, Exchange exchange, int depth) throws InvalidPayloadException {
        return OneTimeValues.read(exchange, items, () -> list(items, name, exchange, depth));
    }

    /** A value of the user's, by the user's mapper. */
    private JsonNode tree(Object value, String name, Exchange exchange, int depth) throws InvalidPayloadException {
        ObjectFields fields = new ObjectFields(this, name, exchange, depth);
        JsonNode tree;
        try {
            tree = json.tree(value, fields);
        } catch (StackOverflowError e) {
            throw tooDeep(name);
        } catch (IllegalArgumentException e) {
            fields.check();
            throw new IllegalArgumentException(
                    name + " of type " + value.getClass().getName()
                            + " cannot be written as JSON; convert it to a Map, to text, or to a type that Jackson writes: "
                            + e.getMessage(),
                    e);
        }
        return checked(tree, name, depth);
    }

    private static JsonNode checked(JsonNode node, String name, int depth) {
        checkDepth(name, depth);
        if (node == null || node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isFloatingPointNumber()) {
            checked(node.numberValue(), name);
        }
        for (JsonNode child : node) {
            checked(child, name, depth + 1);
        }
        return node;
    }

    private static Number checked(Number number, String name) {
        boolean finite = (!(number instanceof Double d) || Double.isFinite(d))
                && (!(number instanceof Float f) || Float.isFinite(f));
        if (!finite) {
            throw new IllegalArgumentException(
                    name + " is or contains " + number + ", which JSON cannot hold; send text or no value instead");
        }
        return number;
    }

    private static void checkDepth(String name, int depth) {
        if (depth > MAX_DEPTH) {
            throw tooDeep(name);
        }
    }

    private static IllegalArgumentException tooDeep(String name) {
        return new IllegalArgumentException(
                name + " is nested more than " + MAX_DEPTH + " levels deep, or contains itself; nothing was sent");
    }
}
