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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelstackai.protocol.Json;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {
    private static final byte[] BYTES = "ü".getBytes(StandardCharsets.UTF_8);

    private final ValueReader values = new ValueReader(new Json());
    private final Exchange exchange = TestExchanges.withBody("q");

    private record Point(double x) {}

    /** Contains itself. */
    public static final class Cycle {
        public Cycle getSelf() {
            return this;
        }
    }

    private Object read(Object value) throws Exception {
        return values.read(value, "The body", exchange);
    }

    static Stream<Object> plainValues() {
        return Stream.of("text", 1, 1L, new BigDecimal("1200.00"), 1.5, 1.5f, true, Map.of("a", 1), List.of("a", 1));
    }

    @ParameterizedTest
    @MethodSource("plainValues")
    void whatJsonHoldsRemainsWhatItIs(Object value) throws Exception {
        assertThat(read(value)).isEqualTo(value);
    }

    @Test
    void nothingIsNull() throws Exception {
        assertThat(read(null)).isNull();
        assertThat(read(JsonNodeFactory.instance.nullNode())).isNull();
        assertThat(read(JsonNodeFactory.instance.missingNode())).isNull();
    }

    @Test
    void valuesInsideAreReadAsABodyWouldBe() throws Exception {
        Map<Object, Object> inside = new LinkedHashMap<>();
        inside.put(1, BYTES);
        inside.put("none", null);
        inside.put("list", Arrays.asList(new ByteArrayInputStream(BYTES), Map.of("deep", BYTES), new Point(2)));
        assertThat(Json.text(read(inside)))
                .isEqualTo("{\"1\":\"ü\",\"none\":null,\"list\":[\"ü\",{\"deep\":\"ü\"},{\"x\":2.0}]}");
    }

    @Test
    void whateverCanBeIteratedIsAList() throws Exception {
        assertThat(read(Set.of(1))).isEqualTo(List.of(1));
        assertThat(read(new Object[] {1, "a"})).isEqualTo(List.of(1, "a"));
        assertThat(read(new int[] {1, 2})).hasToString("[1,2]");
    }

    @Test
    void iteratorIsReadOnceForAllRedeliveries() throws Exception {
        Iterator<Integer> items = List.of(1, 2).iterator();
        assertThat(read(items)).isEqualTo(List.of(1, 2));
        assertThat(read(items)).isEqualTo(List.of(1, 2));
    }

    @Test
    void iteratorAndStreamThatAreRefusedAreRefusedAgainAndNotSentInPart() {
        byte[] binary = {(byte) 0xFF};
        for (Object value : List.of(
                Arrays.asList("a", binary, "b").iterator(),
                new ByteArrayInputStream(binary),
                List.of(new ByteArrayInputStream(binary)))) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> read(value)).hasMessageContaining("is not text in UTF-8");
            }
        }
    }

    @Test
    void objectOfTheUserIsATree() throws Exception {
        assertThat(read(new Point(2))).isInstanceOf(JsonNode.class).hasToString("{\"x\":2.0}");
        assertThat(read('c')).hasToString("\"c\"");
    }

    static Stream<Object> numbersThatJsonCannotHold() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return Stream.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                List.of(Double.NaN),
                new double[] {Double.NaN},
                new Point(Double.NaN),
                nodes.numberNode(Double.NaN),
                nodes.objectNode().set("a", nodes.arrayNode().add(Double.NaN)));
    }

    @ParameterizedTest
    @MethodSource("numbersThatJsonCannotHold")
    void numberThatJsonCannotHoldIsRefusedByItsKey(Object value) {
        assertThatThrownBy(() -> read(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The body is or contains ");
        assertThatThrownBy(() -> read(Map.of("in-1", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The input 'in-1' is or contains ");
    }

    @Test
    void bytesThatAreNoTextAreRefusedByTheirKey() {
        byte[] binary = {(byte) 0xFF};
        assertThatThrownBy(() -> read(Map.of("in-1", List.of(Map.of("a", binary)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The input 'in-1' is not text in UTF-8");
    }

    @Test
    void objectThatIsNoJsonIsRefusedByItsKeyAndType() {
        assertThatThrownBy(() -> read(Map.of("in-1", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The input 'in-1' of type java.lang.Object cannot be written as JSON");
    }

    static Stream<Object> valuesThatContainThemselves() {
        Map<String, Object> map = new HashMap<>();
        map.put("in-1", map);
        List<Object> list = new ArrayList<>();
        list.add(list);
        Object[] array = new Object[1];
        array[0] = array;
        return Stream.of(map, list, array);
    }

    @ParameterizedTest
    @MethodSource("valuesThatContainThemselves")
    void valueThatContainsItselfIsRefused(Object value) {
        assertThatThrownBy(() -> read(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("contains itself", "nothing was sent");
    }

    @Test
    void objectThatContainsItselfIsRefused() {
        assertThatThrownBy(() -> read(new Cycle()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The body");
    }

    private static Object nested(int depth) {
        Object value = 1;
        for (int i = 0; i < depth; i++) {
            value = Collections.singletonList(value);
        }
        return value;
    }

    @Test
    void nestingIsLimited() throws Exception {
        assertThat(Json.text(read(nested(500)))).hasSize(1001);
        assertThatThrownBy(() -> read(nested(501)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("500 levels");
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 100_000})
    void nestingOfATreeIsLimited(int depth) {
        JsonNode node = JsonNodeFactory.instance.numberNode(1);
        for (int i = 0; i < depth; i++) {
            node = JsonNodeFactory.instance.arrayNode().add(node);
        }
        JsonNode deep = node;
        assertThatThrownBy(() -> read(deep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("500 levels");
    }
}
