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

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator;
import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.Reply;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules by which a message becomes the inputs of a flow. */
class RunInputsTest extends RouteTest {
    private static final String JSON = "application/json";

    private enum Mood {
        GOOD
    }

    private record Ticket(String title, int priority) {}

    @SuppressWarnings("unused") // Jackson reads them
    private static final class Pojo {
        public String getName() {
            return "n";
        }

        public List<Integer> getNumbers() {
            return List.of(1, 2);
        }
    }

    @BeforeEach
    void start() throws Exception {
        startRoute("stackai:run:f");
    }

    @Test
    void mapIsTheInputs() throws Exception {
        assertThat(sent(Map.of("in-0", "a", "doc-0", List.of("u1", "u2"), "n", 1)))
                .isEqualTo(Map.of("in-0", "a", "doc-0", List.of("u1", "u2"), "n", 1));
    }

    @Test
    void objectNodeIsTheInputs() throws Exception {
        assertThat(sent(new JsonMapper().readTree("{\"in-1\":{\"x\":[1,null]}}")))
                .isEqualTo(new JsonMapper().readValue("{\"in-1\":{\"x\":[1,null]}}", Map.class));
    }

    @Test
    void pojoIsTheInputs() throws Exception {
        assertThat(sent(new Pojo())).isEqualTo(Map.of("name", "n", "numbers", List.of(1, 2)));
    }

    @Test
    void recordIsTheInputs() throws Exception {
        assertThat(sent(new Ticket("t", 2))).isEqualTo(Map.of("title", "t", "priority", 2));
    }

    @Test
    void textIsTheValueOfTheInput() throws Exception {
        assertThat(sent("héllo 😀\n\"quoted\"")).isEqualTo(Map.of("in-0", "héllo 😀\n\"quoted\""));
    }

    @Test
    void textThatLooksLikeJsonStaysText() throws Exception {
        assertThat(sent("{\"in-0\":1}")).isEqualTo(Map.of("in-0", "{\"in-0\":1}"));
    }

    @Test
    void bytesAreTextInUtf8() throws Exception {
        assertThat(sent("é😀".getBytes(StandardCharsets.UTF_8))).isEqualTo(Map.of("in-0", "é😀"));
    }

    @Test
    void streamIsTextInTheCharsetOfTheExchange() throws Exception {
        assertThat(sent(
                        new ByteArrayInputStream("é".getBytes(StandardCharsets.ISO_8859_1)),
                        Map.of(Exchange.CHARSET_NAME, "ISO-8859-1")))
                .isEqualTo(Map.of("in-0", "é"));
    }

    @Test
    void readerIsText() throws Exception {
        assertThat(sent(new StringReader("read"))).isEqualTo(Map.of("in-0", "read"));
    }

    @Test
    void fileIsTextWithoutItsByteOrderMark(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("t.txt"), "\uFEFFcontent é");
        assertThat(sent(file.toFile())).isEqualTo(Map.of("in-0", "content é"));
    }

    @Test
    void fileOfTheFileComponentIsReadInItsCharset(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("t.txt"), "crème".getBytes(StandardCharsets.ISO_8859_1));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?charset=ISO-8859-1&initialDelay=0").to("stackai:run:f");
            }
        });
        assertThat(sentInputs()).isEqualTo(Map.of("in-0", "crème"));
    }

    @Test
    void numberBooleanListAndEnumKeepTheirJsonType() throws Exception {
        assertThat(sent(42)).isEqualTo(Map.of("in-0", 42));
        assertThat(sent(new BigDecimal("0.1"))).isEqualTo(Map.of("in-0", 0.1));
        assertThat(sent(true)).isEqualTo(Map.of("in-0", true));
        assertThat(sent(List.of("a", 1))).isEqualTo(Map.of("in-0", List.of("a", 1)));
        assertThat(sent(new String[] {"a", "b"})).isEqualTo(Map.of("in-0", List.of("a", "b")));
        assertThat(sent(Mood.GOOD)).isEqualTo(Map.of("in-0", "GOOD"));
    }

    @Test
    void optionInputNamesTheInput() throws Exception {
        template.requestBody("stackai:run:f?input=string-0", "x");
        assertThat(sentInputs()).isEqualTo(Map.of("string-0", "x"));
    }

    @Test
    void jsonObjectTextIsTheInputs() throws Exception {
        assertThat(sent("{\"a\":1}", Map.of(Exchange.CONTENT_TYPE, JSON))).isEqualTo(Map.of("a", 1));
    }

    @Test
    void jsonBytesAndStreamsAreParsed() throws Exception {
        byte[] bytes = "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8);
        Map<String, Object> type = Map.of(Exchange.CONTENT_TYPE, "application/vnd.x+json; charset=utf-8");
        assertThat(sent(bytes, type)).isEqualTo(Map.of("a", "é"));
        assertThat(sent(new ByteArrayInputStream(bytes), type)).isEqualTo(Map.of("a", "é"));
    }

    @Test
    void jsonOtherThanAnObjectIsTheValueOfTheInput() throws Exception {
        assertThat(sent("[1,2]", Map.of(Exchange.CONTENT_TYPE, JSON))).isEqualTo(Map.of("in-0", List.of(1, 2)));
        assertThat(sent("\"t\"", Map.of(Exchange.CONTENT_TYPE, JSON))).isEqualTo(Map.of("in-0", "t"));
        assertThat(sent("null", Map.of(Exchange.CONTENT_TYPE, JSON))).isEmpty();
    }

    @Test
    void bodyOfAnyOtherContentTypeIsText() throws Exception {
        assertThat(sent("{\"a\":1}", Map.of(Exchange.CONTENT_TYPE, "text/plain")))
                .isEqualTo(Map.of("in-0", "{\"a\":1}"));
    }

    @Test
    void nullBodyGivesNoInputs() throws Exception {
        assertThat(sent(null)).isEmpty();
    }

    @Test
    void inputsHeaderOverridesTheBody() throws Exception {
        assertThat(sent(Map.of("a", 1, "b", 1), Map.of(StackAiConstants.INPUTS, Map.of("b", 2, "c", 3))))
                .isEqualTo(Map.of("a", 1, "b", 2, "c", 3));
        assertThat(sent("text", Map.of(StackAiConstants.INPUTS, Map.of("in-1", "more"))))
                .isEqualTo(Map.of("in-0", "text", "in-1", "more"));
    }

    @Test
    void userIdIsTakenFromHeaderThenBodyThenOption() throws Exception {
        component.getConfiguration().setUserId("option");
        template.requestBody("stackai:run:g", "x");
        assertThat(sentInputs()).containsEntry("user_id", "option");
        template.requestBody("stackai:run:g", Map.of("user_id", "body"));
        assertThat(sentInputs()).containsEntry("user_id", "body");
        template.requestBodyAndHeader("stackai:run:g", Map.of("user_id", "body"), StackAiConstants.USER_ID, "header");
        assertThat(sentInputs()).containsEntry("user_id", "header");
        template.requestBodyAndHeader("stackai:run:g", Map.of("user_id", "body"), StackAiConstants.USER_ID, "");
        assertThat(sentInputs()).containsEntry("user_id", "");
    }

    @Test
    void numbersOfJsonKeepEveryDigit() throws Exception {
        send("{\"a\":12345678901234567890.123456789,\"b\":1.10}", Map.of(Exchange.CONTENT_TYPE, JSON));
        assertThat(stackAi().takeRequest(Duration.ofSeconds(5)).text())
                .isEqualTo("{\"a\":12345678901234567890.123456789,\"b\":1.10}");
    }

    /** The mapper of the user writes the user's objects; it neither drops an input nor lets a response choose Java types. */
    @Test
    void mapperOfTheUserAppliesToObjectsOfTheUserAlone() throws Exception {
        JsonMapper odd = JsonMapper.builder()
                .serializationInclusion(JsonInclude.Include.NON_EMPTY)
                .enable(SerializationFeature.WRAP_ROOT_VALUE)
                .enable(DeserializationFeature.UNWRAP_ROOT_VALUE)
                .enable(DeserializationFeature.USE_JAVA_ARRAY_FOR_JSON_ARRAY)
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .activateDefaultTyping(
                        LaissezFaireSubTypeValidator.instance,
                        com.fasterxml.jackson.databind.ObjectMapper.DefaultTyping.NON_FINAL)
                .build();
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            StackAiComponent own = new StackAiComponent();
            own.setConfiguration(component.getConfiguration());
            own.setObjectMapper(odd);
            other.addComponent("stackai", own);
            other.start();
            var sender = other.createProducerTemplate();
            sender.requestBody("stackai:run:f", new HashMap<>(Map.of("empty", "")));
            assertThat(sentInputs()).isEqualTo(Map.of("empty", ""));
            sender.requestBody("stackai:run:f", new Ticket("t", 2));
            assertThat(sentInputs()).isEqualTo(Map.of("Title", "t", "Priority", 2));
            stackAi().enqueue(Reply.json("{\"outputs\":{\"o\":[\"java.io.File\",\"/etc/passwd\"]}}"));
            assertThat(sender.requestBody("stackai:run:f", "q")).isEqualTo(List.of("java.io.File", "/etc/passwd"));
        }
    }

    private Map<String, Object> sent(Object body) throws Exception {
        return sent(body, Map.of());
    }

    private Map<String, Object> sent(Object body, Map<String, Object> headers) throws Exception {
        assertThat(send(body, headers).getException()).isNull();
        return sentInputs();
    }
}
