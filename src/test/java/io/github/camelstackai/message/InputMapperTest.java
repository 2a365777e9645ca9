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

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputMapperTest {
    private final InputMapper mapper = new InputMapper("in-0", null, new Json());

    private Map<String, Object> inputs(Object body) throws Exception {
        return mapper.inputs(TestExchanges.withBody(body));
    }

    private String json(Object body) throws Exception {
        return Json.text(inputs(body));
    }

    private record Question(String text, int urgency) {}

    @Test
    void objectIsTheInputs() throws Exception {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("in-1", "a");
        map.put("in-2", null);
        assertThat(inputs(map)).isEqualTo(map).isNotSameAs(map);
        assertThat(json(JsonNodeFactory.instance.objectNode().put("in-1", 1))).isEqualTo("{\"in-1\":1}");
        assertThat(json(new Question("why", 3))).isEqualTo("{\"text\":\"why\",\"urgency\":3}");
    }

    @Test
    void anyOtherValueIsTheInput() throws Exception {
        assertThat(inputs("text")).isEqualTo(Map.of("in-0", "text"));
        assertThat(json(1.5)).isEqualTo("{\"in-0\":1.5}");
        assertThat(json(true)).isEqualTo("{\"in-0\":true}");
        assertThat(json(List.of(1, "a"))).isEqualTo("{\"in-0\":[1,\"a\"]}");
    }

    @Test
    void noBodyGivesNoInputs() throws Exception {
        assertThat(inputs(null)).isEmpty();
        assertThat(inputs(JsonNodeFactory.instance.nullNode())).isEmpty();
    }

    @Test
    void nameOfAKeyIsText() throws Exception {
        assertThat(inputs(Map.of(1, "a"))).isEqualTo(Map.of("1", "a"));
    }

    @Test
    void headerIsLaidOverTheBody() throws Exception {
        Exchange exchange = TestExchanges.withBody(Map.of("in-1", "body", "in-2", "body"));
        exchange.getMessage().setHeader(StackAiConstants.INPUTS, Map.of("in-2", "header", "in-3", "header"));
        assertThat(mapper.inputs(exchange)).isEqualTo(Map.of("in-1", "body", "in-2", "header", "in-3", "header"));
    }

    @Test
    void headerGivesTheInputsOfAMessageWithoutABody() throws Exception {
        assertThat(mapper.inputs(TestExchanges.withHeader(StackAiConstants.INPUTS, Map.of("in-1", 1))))
                .isEqualTo(Map.of("in-1", 1));
    }

    @Test
    void valuesOfTheHeaderAreReadAsThoseOfTheBody() throws Exception {
        byte[] bytes = "ü".getBytes(StandardCharsets.UTF_8);
        assertThat(mapper.inputs(TestExchanges.withHeader(StackAiConstants.INPUTS, Map.of("in-1", bytes))))
                .isEqualTo(Map.of("in-1", "ü"));
    }

    @ParameterizedTest
    @CsvSource({
        "header,body,option,header", // the header beats all
        ",body,option,body",
        ",,option,option",
        "header,,,header",
        ",body,,body",
        ",,,"
    })
    void userIsThatOfTheHeaderElseOfTheBodyElseOfTheOption(String header, String body, String option, String user)
            throws Exception {
        Exchange exchange = TestExchanges.withBody(body == null ? Map.of() : Map.of("user_id", body));
        exchange.getMessage().setHeader(StackAiConstants.USER_ID, header);
        InputMapper withOption = new InputMapper("in-0", option, new Json());
        assertThat(withOption.inputs(exchange).get("user_id")).isEqualTo(user);
        assertThat(withOption.inputs(exchange)).hasSize(user == null ? 0 : 1);
    }
}
