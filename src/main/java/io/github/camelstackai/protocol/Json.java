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

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Reads and writes the service's JSON. Thread-safe.
 *
 * <p>How the user's mapper is set decides what an object of the user's looks like, and nothing else: neither what is read,
 * which would let a response choose Java types, nor whether an input that was given is sent.
 *
 * <p>The size of what is read is bounded by the caller, so the length of one text is not bounded again here; the depth
 * of nesting is, by Jackson's default.
 */
public final class Json {
    /** Made with the first JSON, since Jackson takes its time to load. */
    private static final class Plain {
        static final JsonMapper MAPPER = new JsonMapper();
        static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        static final ObjectReader READER =
                MAPPER.readerFor(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        static final ObjectMapper WRITER = neutral(MAPPER);
        static final ObjectReader EXACT = READER.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** Null for a plain one. */
    private final ObjectMapper users;

    /** @param users writes objects of the user's, as it is set now; null for a plain one */
    public Json(ObjectMapper users) {
        this.users = users == null ? null : neutral(users);
    }

    /** With a plain mapper, for tools and tests. */
    public Json() {
        this(null);
    }

    /** Does now what takes its time at the first use. */
    public void prepare() {
        try {
            read(write(Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no empty object that cannot be written and read
        }
    }

    private ObjectMapper writer() {
        return users == null ? Plain.WRITER : users;
    }

    private static ObjectMapper neutral(ObjectMapper mapper) {
        ObjectMapper copy;
        try {
            copy = mapper.copy();
        } catch (IllegalStateException e) {
            return mapper; // of a class that cannot be copied
        }
        copy.deactivateDefaultTyping();
        copy.disable(SerializationFeature.WRAP_ROOT_VALUE);
        copy.disable(DeserializationFeature.UNWRAP_ROOT_VALUE);
        copy.configOverride(Map.class).setInclude(JsonInclude.Value.construct(Include.ALWAYS, Include.ALWAYS));
        return copy;
    }

    /**
     * What {@code value} looks like as JSON.
     *
     * @throws IllegalArgumentException when it cannot be written as JSON
     */
    public JsonNode tree(Object value) {
        return writer().valueToTree(value);
    }

    /**
     * One JSON value as {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean} or null.
     *
     * @throws JsonProcessingException when the bytes are anything but exactly one JSON value
     */
    public Object read(byte[] bytes) throws IOException {
        return read(Plain.READER, Plain.FACTORY.createParser(bytes));
    }

    /** As {@link #read(byte[])}, of the bytes from {@code offset} on, {@code length} of them. */
    public Object read(byte[] bytes, int offset, int length) throws IOException {
        return read(Plain.READER, Plain.FACTORY.createParser(bytes, offset, length));
    }

    /** As {@link #read(byte[])}, of text, and with every digit of a number. */
    public Object readExactly(String text) throws IOException {
        return read(Plain.EXACT, Plain.FACTORY.createParser(text));
    }

    private static Object read(ObjectReader reader, JsonParser parser) throws IOException {
        try (parser) {
            return reader.readValue(parser);
        }
    }

    /** A JSON object in UTF-8. */
    public byte[] write(Map<String, ?> object) throws JsonProcessingException {
        return writer().writeValueAsBytes(object);
    }

    /** Text as it is, any other value that was read here as JSON; null for null. */
    public static String text(Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        try {
            return Plain.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return value.toString();
        }
    }
}
