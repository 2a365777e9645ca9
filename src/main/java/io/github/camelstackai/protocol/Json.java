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
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads and writes the service's JSON. Thread-safe.
 *
 * <p>The configuration of the user's mapper decides what the user's objects look like, in both directions, and nothing else: neither
 * how responses are read, which would let them choose Java types, nor which of the given inputs are sent.
 *
 * <p>Callers limit the size of what is read, so the length of one text is not limited again here; the depth of nesting is, by
 * Jackson's default.
 */
public final class Json {
    /** Initialized with the first JSON, since loading Jackson takes time. */
    private static final class Plain {
        static final JsonMapper MAPPER = new JsonMapper();
        static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes them
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        static final ObjectReader READER = MAPPER.readerFor(Object.class)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        static final ObjectReader DOUBLES = READER.without(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        static final ObjectMapper WRITER = neutral(MAPPER);
    }

    /** Digits; parsing takes quadratic time, and no number that is meant has as many. */
    static final int MAX_NUMBER_LENGTH = 100_000;

    private final FieldSerializers fields;
    /** Writes the user's objects; null until the first of them, if the mapper is plain: then written by the threads that need it. */
    private volatile ObjectMapper objects;

    /**
     * @param users writes the user's objects, by its present configuration; null for a plain mapper
     * @param fields the types of values inside these objects that a {@link FieldReader} reads
     */
    public Json(ObjectMapper users, Predicate<Class<?>> fields) {
        this.fields = new FieldSerializers(fields);
        this.objects = users == null ? null : writerOfObjects(users);
    }

    /** With a plain mapper. */
    public Json() {
        this(null, type -> false);
    }

    /** Initializes Jackson, which otherwise happens at the first use. */
    public void prepare() {
        try {
            read(write(Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an empty object can always be written and read
        }
    }

    /** Whether {@code mapper} writes JSON, and not XML, YAML or another format. */
    public static boolean isJson(ObjectMapper mapper) {
        return JsonFactory.FORMAT_NAME_JSON.equals(mapper.getFactory().getFormatName());
    }

    private static ObjectMapper neutral(ObjectMapper mapper) {
        ObjectMapper copy;
        try {
            copy = mapper.copy();
        } catch (IllegalStateException e) {
            return mapper; // its class cannot be copied
        }
        copy.deactivateDefaultTyping();
        copy.configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
        copy.disable(SerializationFeature.WRAP_ROOT_VALUE);
        copy.disable(DeserializationFeature.UNWRAP_ROOT_VALUE);
        copy.configOverride(Map.class).setInclude(JsonInclude.Value.construct(Include.ALWAYS, Include.ALWAYS));
        return copy;
    }

    /**
     * The JSON form of an object of the user's.
     *
     * @param reader of the values inside
     * @throws IllegalArgumentException when it cannot be written as JSON
     */
    public JsonNode tree(Object value, FieldReader reader) {
        ObjectMapper mapper = objects();
        try (TokenBuffer tokens = new TokenBuffer(mapper, false)) {
            mapper.writer().withAttribute(FieldReader.class, reader).writeValue(tokens, value);
            return mapper.readTree(tokens.asParser());
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The type that a name such as {@code java.util.List<com.acme.Ticket>} stands for.
     *
     * @param classes finds the classes
     * @throws IllegalArgumentException if it names none
     */
    public JavaType type(String name, ClassLoader classes) {
        return objects().getTypeFactory().withClassLoader(classes).constructFromCanonical(name);
    }

    /**
     * Binds a value that was read here to a type, by the user's mapper; null for null.
     *
     * @throws JsonProcessingException if it does not fit
     */
    public Object bind(Object value, JavaType type) throws JsonProcessingException {
        return value == null ? null : objects().treeToValue(Plain.WRITER.valueToTree(value), type);
    }

    private ObjectMapper objects() {
        if (objects == null) {
            objects = writerOfObjects(Plain.MAPPER);
        }
        return objects;
    }

    private ObjectMapper writerOfObjects(ObjectMapper mapper) {
        ObjectMapper copy = neutral(mapper);
        if (copy != mapper) {
            copy.setSerializerFactory(copy.getSerializerFactory().withSerializerModifier(fields));
        }
        return copy;
    }

    /**
     * One JSON value as {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean} or null. Decimal numbers are
     * {@link java.math.BigDecimal} with the digits that came; {@code NaN} and infinities are {@code Double}, and so are all decimal
     * numbers of a value with an exponent of more than ten digits.
     *
     * @throws JsonProcessingException if the bytes are anything but exactly one JSON value
     */
    public Object read(byte[] bytes) throws IOException {
        return read(bytes, 0, bytes.length);
    }

    /** As {@link #read(byte[])}, of {@code length} bytes from {@code offset}. */
    public Object read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return read(Plain.READER, Plain.FACTORY.createParser(bytes, offset, length));
        } catch (NumberFormatException e) { // an exponent beyond those of BigDecimal
            return read(Plain.DOUBLES, Plain.FACTORY.createParser(bytes, offset, length));
        }
    }

    /** As {@link #read(byte[])}, of text. */
    public Object read(String text) throws IOException {
        try {
            return read(Plain.READER, Plain.FACTORY.createParser(text));
        } catch (NumberFormatException e) {
            return read(Plain.DOUBLES, Plain.FACTORY.createParser(text));
        }
    }

    private static Object read(ObjectReader reader, JsonParser parser) throws IOException {
        try (parser) {
            return reader.readValue(parser);
        }
    }

    /** A JSON object in UTF-8. */
    public byte[] write(Map<String, ?> object) throws JsonProcessingException {
        return Plain.WRITER.writeValueAsBytes(object);
    }

    /** A string as it is, any other value that was read here as JSON; null for null. */
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
