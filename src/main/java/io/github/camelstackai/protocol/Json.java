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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;

/**
 * Reads and writes the service's JSON with the mapper of the Camel context. Thread-safe.
 *
 * <p>The size of what is read is bounded by the caller, so the length of one text is not bounded again here; the depth
 * of nesting is, by Jackson's default.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final ObjectMapper mapper;
    private final ObjectReader reader;

    /** Uses {@code mapper} for values; its own factory, and thus its lenient syntax options, are left aside. */
    public Json(ObjectMapper mapper) {
        this.mapper = mapper;
        this.reader = mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** With a plain mapper, for tools and tests. */
    public Json() {
        this(new JsonMapper());
    }

    /** The mapper that values are read and written with. */
    public ObjectMapper mapper() {
        return mapper;
    }

    /**
     * One JSON value as {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean} or null.
     *
     * @throws JsonProcessingException when the bytes are anything but exactly one JSON value
     */
    public Object read(byte[] bytes) throws IOException {
        return read(FACTORY.createParser(bytes));
    }

    /** As {@link #read(byte[])}, of the bytes from {@code offset} on, {@code length} of them. */
    public Object read(byte[] bytes, int offset, int length) throws IOException {
        return read(FACTORY.createParser(bytes, offset, length));
    }

    /** As {@link #read(byte[])}, of text. */
    public Object read(String text) throws IOException {
        return read(FACTORY.createParser(text));
    }

    private Object read(JsonParser parser) throws IOException {
        try (parser) {
            return reader.readValue(parser, Object.class);
        }
    }

    /** A JSON object in UTF-8. */
    public byte[] write(Map<String, ?> object) throws JsonProcessingException {
        return mapper.writeValueAsBytes(object);
    }

    /** Text as it is, any other value that was read here as JSON; null for null. */
    public String text(Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return value.toString();
        }
    }
}
