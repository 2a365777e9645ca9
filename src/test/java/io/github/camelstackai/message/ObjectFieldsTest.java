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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.github.camelstackai.protocol.Json;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values inside POJOs and records are read as values inside a map are. */
class ObjectFieldsTest {
    private static final byte[] TEXT = "5 €".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BINARY = {(byte) 0xFF, (byte) 0xFE};

    @TempDir
    static Path folder;

    private final Exchange exchange = TestExchanges.withBody("q");

    record Inputs(@JsonProperty("doc-0") Object document, int number) {}

    /** Its fields have the types that Jackson knows. */
    record Declared(byte[] bytes, File file, Path path, ByteBuffer buffer, char[] letters, StringBuilder builder) {}

    private Object read(ObjectMapper mapper, Object value) throws Exception {
        return new ValueReader(new Json(mapper, InputMapper::reads)).read(value, "The body", exchange);
    }

    private static Path file(byte[] content) {
        try {
            return Files.write(Files.createTempFile(folder, "doc", ".txt"), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GenericFile<File> genericFile(byte[] content) {
        GenericFile<File> file = new GenericFile<>();
        file.setFile(file(content).toFile());
        return file;
    }

    private static Stream<Object> of(byte[] content) {
        return Stream.of(
                content,
                new ByteArrayInputStream(content),
                new InputStreamCache(content),
                ByteBuffer.wrap(content),
                file(content).toFile(),
                file(content),
                genericFile(content));
    }

    static Stream<Object> texts() {
        return Stream.concat(of(TEXT), Stream.of(new StringReader("5 €"), "5 €", "5 €".toCharArray()));
    }

    static Stream<Object> binaries() {
        return of(BINARY);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textInsideAnObjectIsSent(Object value) throws Exception {
        Object inputs = new Inputs(value, 1);
        assertThat(read(null, inputs)).hasToString("{\"doc-0\":\"5 €\",\"number\":1}");
        assertThat(read(null, inputs)).as("a redelivery").hasToString("{\"doc-0\":\"5 €\",\"number\":1}");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textDeepInsideAnObjectIsSent(Object value) throws Exception {
        ObjectMapper lenient = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        Object inputs = List.of(new Inputs(Map.of("a", List.of(new Inputs(value, 2))), 1));
        assertThat(read(lenient, inputs).toString()).contains("\"5 €\"").doesNotContain("{}");
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void whatIsNoTextIsRefusedByItsKey(Object value) {
        assertThatThrownBy(() -> read(null, new Inputs(value, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The input 'doc-0' is not text in UTF-8");
    }

    @Test
    void objectInsideAMapIsRefusedByTheKeyOfTheMap() {
        assertThatThrownBy(() -> read(null, Map.of("in-3", new Inputs(List.of(BINARY), 1))))
                .hasMessageStartingWith("The input 'in-3' is not text in UTF-8");
    }

    @Test
    void fileThatCannotBeReadIsRefusedByItsKey() {
        assertThatThrownBy(() -> read(null, new Inputs(new File("/no/such/file"), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'doc-0'", "/no/such/file");
    }

    @Test
    void iteratorInsideAnObjectIsReadOnceForAllRedeliveries() throws Exception {
        Object inputs = new Inputs(List.of("a", new Inputs("b", 2)).iterator(), 1);
        String json = "{\"doc-0\":[\"a\",{\"doc-0\":\"b\",\"number\":2}],\"number\":1}";
        assertThat(read(null, inputs)).hasToString(json);
        assertThat(read(null, inputs)).hasToString(json);
    }

    @Test
    void declaredTypesMakeNoDifference() throws Exception {
        Path file = file(TEXT);
        Declared inputs = new Declared(
                TEXT, file.toFile(), file, ByteBuffer.wrap(TEXT), "5 €".toCharArray(), new StringBuilder("5 €"));
        assertThat(read(null, inputs).toString().split("\"5 €\"", -1)).hasSize(7);
    }

    @Test
    void charsetOfTheExchangeCounts() throws Exception {
        exchange.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
        assertThat(read(null, new Inputs("5 £".getBytes(StandardCharsets.ISO_8859_1), 1))
                        .toString())
                .contains("5 £");
    }

    @Test
    void serializerOfTheUsersMapperWins() throws Exception {
        SimpleModule module = new SimpleModule().addSerializer(new StdSerializer<>(byte[].class) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(byte[] value, JsonGenerator generator, SerializerProvider provider)
                    throws IOException {
                generator.writeString("encoded");
            }
        });
        ObjectMapper mapper = new ObjectMapper().registerModule(module);
        assertThat(read(mapper, new Inputs(BINARY, 1)).toString()).contains("encoded");
        assertThatThrownBy(() -> mapper.writeValueAsString(new ByteArrayInputStream(TEXT)))
                .as("the user's mapper is unchanged")
                .isInstanceOf(IOException.class);
    }
}
