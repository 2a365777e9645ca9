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
package io.github.camelstackai.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.DecimalNode;
import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiConstants;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, charsets and nested values of inputs, and what is refused before anything is sent. */
class InputValuesTest extends RouteTest {
    private static final byte[] LATIN = "5 £".getBytes(StandardCharsets.ISO_8859_1);

    record Order(Object total) {}

    private String sent(Object body, Map<String, Object> headers) throws Exception {
        startRoute("stackai:run:f");
        Exchange exchange = send(body, headers);
        assertThat(exchange.getException()).isNull();
        return new String(stackAi().requests().get(0).body(), StandardCharsets.UTF_8);
    }

    static Stream<Object> placesOfANumber() {
        BigDecimal money = new BigDecimal("1200.00");
        return Stream.of(
                new Order(money),
                Map.of("total", money),
                Map.of("a", List.of(Map.of("total", money))),
                List.of(Map.of("total", money)),
                new Order(List.of(new Order(money))),
                money,
                List.of(money).iterator(),
                new Object[] {money},
                new ObjectMapper().createObjectNode().set("total", DecimalNode.valueOf(money)));
    }

    @ParameterizedTest
    @MethodSource("placesOfANumber")
    void decimalNumberKeepsItsDigitsAndScale(Object body) throws Exception {
        assertThat(sent(body, Map.of())).contains("1200.00").doesNotContain("E+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1200.00", "0.10", "123456789012345.123456", "1e400", "-0.0", "12345678901234567890123"})
    void numberOfAJsonBodyKeepsItsDigits(String number) throws Exception {
        String body = sent("{\"n\":" + number + "}", Map.of(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(new BigDecimal(body.replaceAll(".*\"n\":([^,}]+).*", "$1"))).isEqualTo(new BigDecimal(number));
    }

    static Stream<Object> unsendable() {
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);
        Map<String, Object> cyclicMap = new HashMap<>();
        cyclicMap.put("self", cyclicMap);
        Object deep = "x";
        for (int i = 0; i < 3000; i++) {
            deep = List.of(deep);
        }
        Object[] cyclicArray = new Object[1];
        cyclicArray[0] = cyclicArray;
        return Stream.of(
                cyclic,
                cyclicMap,
                deep,
                cyclicArray,
                new Order(cyclic),
                Arrays.asList(deep).iterator(),
                Double.NaN,
                Float.POSITIVE_INFINITY,
                Map.of("n", Double.NEGATIVE_INFINITY),
                new Order(Double.NaN),
                List.of(Map.of("a", Float.NaN)),
                Map.of("doc-0", new byte[] {(byte) 0xFF, (byte) 0xFE}));
    }

    @ParameterizedTest
    @MethodSource("unsendable")
    void valueThatJsonCannotHoldIsRefusedBeforeAnythingIsSent(Object body) throws Exception {
        startRoute("stackai:run:f");
        assertThat(send(body).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s)(The body|The input '.*').*");
        assertThat(stackAi().requests()).isEmpty();
    }

    @Test
    void refusalNamesTheKeyOfTheValue() throws Exception {
        startRoute("stackai:run:f");
        assertThat(send(Map.of("doc-7", List.of(new byte[] {(byte) 0xFF}))).getException())
                .hasMessageContaining("'doc-7'")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void bytesInsideAreTextInTheCharsetOfTheExchange() throws Exception {
        Map<String, Object> body = Map.of("a", LATIN, "b", List.of(new ByteArrayInputStream(LATIN)));
        assertThat(sent(body, Map.of(Exchange.CONTENT_TYPE, "text/plain; charset=\"iso-8859-1\"")))
                .contains("\"a\":\"5 £\"", "\"b\":[\"5 £\"]");
    }

    @Test
    void charsetOfTheExchangeWinsOverTheContentType() throws Exception {
        assertThat(sent(
                        LATIN,
                        Map.of(Exchange.CONTENT_TYPE, "text/plain;charset=utf-8", Exchange.CHARSET_NAME, "ISO-8859-1")))
                .contains("5 £");
    }

    @Test
    void charsetOfTheInputIsNotThatOfTheAnswer() throws Exception {
        stackAi().flow("f", in -> Map.of("out-0", "5 €"));
        context.start();
        Exchange exchange = template.send("stackai:run:f", e -> {
            e.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
            e.getMessage().setBody("q");
        });
        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo("5 €".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void headerThatIsAListIsNoText() throws Exception {
        startRoute("stackai:run:f");
        assertThat(send("q", Map.of(StackAiConstants.USER_ID, List.of("one", "two")))
                        .getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(StackAiConstants.USER_ID);
        assertThat(stackAi().requests()).isEmpty();
    }

    @Test
    void inputsHeaderIsTakenOffOnceTheCallHasSucceeded() throws Exception {
        startRoute("stackai:run:f");
        Exchange exchange = send("q", Map.of(StackAiConstants.INPUTS, Map.of("in-1", "x")));
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(StackAiConstants.INPUTS);
        stackAi().enqueue(io.github.camelstackai.simulator.Reply.error(422, "no"));
        Exchange failed = send("q", Map.of(StackAiConstants.INPUTS, Map.of("in-1", "x")));
        assertThat(failed.getMessage().getHeaders()).containsKey(StackAiConstants.INPUTS);
    }

    @Test
    void headerOfOutputsAndBodyAreTwoMaps() throws Exception {
        stackAi().flow("f", in -> Map.of("out-0", "a", "out-1", "b"));
        startRoute("stackai:run:f");
        Exchange exchange = send("q");
        exchange.getMessage().getBody(Map.class).clear();
        assertThat(exchange.getMessage()
                        .getHeader(StackAiConstants.OUTPUTS, Map.class)
                        .size())
                .isEqualTo(2);
    }

    @Test
    void mapperOfAnotherFormatWritesNothing() throws Exception {
        JsonFactory otherFormat = new JsonFactory() {
            @Override
            public String getFormatName() {
                return "XML";
            }
        };
        assertThat(sentWith(new ObjectMapper(otherFormat), true)).isEqualTo("{\"in-0\":[{\"total\":1}]}");
    }

    /** The request of a component in whose registry the mapper is, which would capitalize names. */
    private String sentWith(ObjectMapper mapper, boolean autowired) throws Exception {
        try (DefaultCamelContext own = new DefaultCamelContext()) {
            mapper.setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE);
            own.getRegistry().bind("mapper", mapper);
            StackAiComponent stackai = new StackAiComponent();
            stackai.setConfiguration(component.getConfiguration().copy());
            stackai.setAutowiredEnabled(autowired);
            own.addComponent("stackai", stackai);
            own.start();
            own.createProducerTemplate().requestBody("stackai:run:f", List.of(new Order(1)));
        }
        return new String(stackAi().requests().get(0).body(), StandardCharsets.UTF_8);
    }

    @Test
    void soleJsonMapperOfTheRegistryWritesTheUsersObjectsAlone() throws Exception {
        assertThat(sentWith(new ObjectMapper(), true)).isEqualTo("{\"in-0\":[{\"Total\":1}]}");
    }

    @Test
    void mapperIsNotTakenFromTheRegistryWithoutAutowiring() throws Exception {
        assertThat(sentWith(new ObjectMapper(), false)).isEqualTo("{\"in-0\":[{\"total\":1}]}");
    }
}
