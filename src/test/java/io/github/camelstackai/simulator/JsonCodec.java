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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON. Thread-safe. */
final class JsonCodec {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectReader VALUES = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build()
            .readerFor(JsonNode.class);

    private JsonCodec() {}

    /**
     * @throws IllegalArgumentException if the value has no JSON form
     */
    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot write as JSON: " + value, e);
        }
    }

    /**
     * @throws IllegalArgumentException if the bytes are not exactly one JSON object
     */
    static Map<String, Object> object(byte[] bytes) {
        try {
            Map<String, Object> object = MAPPER.readValue(bytes, OBJECT);
            if (object != null) {
                return object;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a JSON object", e);
        }
        throw new IllegalArgumentException("Not a JSON object");
    }

    /**
     * Reads an object with every digit of its numbers.
     *
     * @throws IllegalArgumentException if the bytes are not exactly one JSON object; the cause says where
     */
    static ObjectNode tree(byte[] bytes) {
        try {
            if (EXACT.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a JSON object", e);
        }
        throw new IllegalArgumentException("Not a JSON object");
    }

    /** The values that the bytes begin with: what follows them is no JSON, or incomplete. */
    static List<JsonNode> values(byte[] bytes) {
        List<JsonNode> values = new ArrayList<>();
        try (MappingIterator<JsonNode> all = VALUES.readValues(bytes)) {
            while (all.hasNextValue()) {
                values.add(all.nextValue());
            }
        } catch (IOException e) {
            // no more values
        }
        return values;
    }
}
