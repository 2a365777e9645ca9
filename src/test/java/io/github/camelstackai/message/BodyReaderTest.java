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

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelstackai.protocol.Json;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
    private final BodyReader bodies = new BodyReader(new Json());

    private Object read(Object body, String contentType) throws Exception {
        Exchange exchange = TestExchanges.withBody(body);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, contentType);
        return bodies.read(exchange);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON",
                "application/json; charset=utf-8",
                " application/json ;q=1",
                "application/problem+json",
                "application/vnd.api+json;v=1"
            })
    void textIsParsedWhereItsContentTypeIsJson(String contentType) throws Exception {
        assertThat(read("{\"a\":[1]}", contentType)).isEqualTo(Map.of("a", List.of(1)));
        byte[] bytes = "\"ü\"".getBytes(StandardCharsets.UTF_8);
        assertThat(read(bytes, contentType)).isEqualTo("ü");
        assertThat(read(new ByteArrayInputStream(bytes), contentType)).isEqualTo("ü");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "", ";", "application/jsonl", "application/x-json-stream", "json"})
    void otherTextRemainsText(String contentType) throws Exception {
        assertThat(read("{\"a\":1}", contentType)).isEqualTo("{\"a\":1}");
    }

    @Test
    void textWithoutAContentTypeRemainsText() throws Exception {
        assertThat(read("{\"a\":1}", null)).isEqualTo("{\"a\":1}");
    }

    @Test
    void numbersOfJsonKeepEveryDigit() throws Exception {
        assertThat(read("1200.00", "application/json")).isEqualTo(new BigDecimal("1200.00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "text", "{'a':1}"})
    void bodyThatIsNotTheJsonItClaimsToBeIsRefused(String body) {
        assertThatThrownBy(() -> read(body, "application/json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Content-Type", "application/json");
    }

    @Test
    void contentTypeOfWhatIsNoTextDoesNotMatter() throws Exception {
        assertThat(read(Map.of("a", 1), "application/json")).isEqualTo(Map.of("a", 1));
    }

    @Test
    void nothingIsNull() throws Exception {
        assertThat(read(null, null)).isNull();
        assertThat(read("null", "application/json")).isNull();
    }

    @Test
    void numberThatJsonCannotHoldIsRefusedInParsedTextToo() {
        assertThatThrownBy(() -> read("{\"a\":NaN}", "application/json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a'");
    }

    @Test
    void valuesOfAHeaderAreReadAsABodyWouldBe() throws Exception {
        byte[] bytes = "ü".getBytes(StandardCharsets.UTF_8);
        assertThat(bodies.fields(Map.of(1, bytes), TestExchanges.withBody(null)))
                .isEqualTo(Map.of("1", "ü"));
    }

    @Test
    void fieldsAreThoseOfAnObject() {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("a", 0));
        assertThat(BodyReader.putFields(Map.of("a", 1), fields)).isTrue();
        assertThat(BodyReader.putFields(JsonNodeFactory.instance.objectNode().put("b", 2), fields))
                .isTrue();
        assertThat(fields).hasToString("{a=1, b=2}");
    }

    @Test
    void otherValuesHaveNoFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Object value : List.of("text", 1, List.of(), JsonNodeFactory.instance.arrayNode())) {
            assertThat(BodyReader.putFields(value, fields)).isFalse();
        }
        assertThat(BodyReader.putFields(null, fields)).isFalse();
        assertThat(fields).isEmpty();
    }
}
