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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator;
import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.simulator.Reply;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that are read as JSON and bound to classes: {@code outputFormat} and {@code outputClass}. */
class OutputFormatTest extends RouteTest {
    private static final String RUN = "stackai:run:f";
    private static final String COLLECT = "stackai:stream:f?streamMode=collect";

    /** What flows answer with. */
    public record Ticket(String title, int priority, BigDecimal amount) {}

    /** As text alone. */
    public enum Priority {
        LOW,
        HIGH
    }

    private static String with(String uri, String options) {
        return uri + (uri.contains("?") ? "&" : "?") + options;
    }

    private static String with(Class<?> type) {
        return "outputClass=" + type.getName();
    }

    /** Enqueues a run or stream whose output is {@code output}. */
    private void answer(Object output) {
        stackAi().enqueue(Reply.json(Map.of("outputs", Map.of("out-0", output), "run_id", "r1", "state", "COMPLETED")));
    }

    private Object bodyOf(String uri, Object output) {
        answer(output);
        Exchange exchange = call(uri);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(StackAiConstants.OUTPUTS))
                .as("other keys stay as they are")
                .isEqualTo(Map.of("out-0", output));
        return exchange.getMessage().getBody();
    }

    @ParameterizedTest
    @ValueSource(strings = {RUN, COLLECT})
    void textIsReadAsJson(String uri) {
        String json = with(uri, "outputFormat=json");
        assertThat(bodyOf(json, "{\"a\": [1, null]}").toString()).isEqualTo("{a=[1, null]}");
        assertThat(bodyOf(json, "Here:\n```json\n{\"a\": 1}\n```\nBye")).isEqualTo(Map.of("a", 1));
        assertThat(bodyOf(json, "{'a': True, 'b': (1, 2)}")).isEqualTo(Map.of("a", true, "b", List.of(1, 2)));
        assertThat(bodyOf(json, "[1200.00]")).isEqualTo(List.of(new BigDecimal("1200.00")));
        assertThat(bodyOf(json, "4")).isEqualTo(4);
        assertThat(bodyOf(json, "false")).isEqualTo(false);
        assertThat(bodyOf(json, "NaN")).isEqualTo(Double.NaN);
        assertThat(bodyOf(json, Map.of("a", "{\"b\":1}"))).as("an object stays").isEqualTo(Map.of("a", "{\"b\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {RUN, COLLECT})
    void textAndObjectsAreBoundToAClass(String uri) {
        Ticket ticket = new Ticket("Bill", 2, new BigDecimal("1200.00"));
        String typed = with(uri, with(Ticket.class));
        String fields = "'title': 'Bill', 'priority': 2, 'amount': 1200.00";
        assertThat(bodyOf(typed, "{" + fields + "}")).isEqualTo(ticket);
        assertThat(bodyOf(typed, "```json\n{" + fields.replace('\'', '"') + "}\n```"))
                .isEqualTo(ticket);
        assertThat(bodyOf(typed, Map.of("title", "Bill", "priority", 2, "amount", new BigDecimal("1200.00"))))
                .isEqualTo(ticket);
        String list = with(uri, "outputClass=RAW(java.util.List<" + Ticket.class.getName() + ">)");
        assertThat(bodyOf(list, "[{" + fields + "}]")).isEqualTo(List.of(ticket));
        assertThat(bodyOf(with(uri, with(Priority.class)), "\"HIGH\"")).isEqualTo(Priority.HIGH);
        assertThat(bodyOf(with(uri, with(Integer.class)), "7")).isEqualTo(7);
    }

    @Test
    void genericsNeedNoRawInTheUri() {
        Object body = bodyOf(with(RUN, "outputClass=java.util.Map<java.lang.String,java.lang.Long>"), "{\"a\":1}");
        assertThat(body).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void responseSelectsWhatIsBound() {
        stackAi().script(request -> Reply.text("{\"outputs\":{\"title\":\"a\",\"priority\":1},\"run_id\":\"r1\"}"));
        assertThat(call(with(RUN, with(Ticket.class))).getMessage().getBody()).isEqualTo(new Ticket("a", 1, null));
        assertThat(call(with(RUN, "response=outputs&" + with(Ticket.class)))
                        .getMessage()
                        .getBody())
                .isEqualTo(new Ticket("a", 1, null));
    }

    @Test
    void noOutputIsANullBody() {
        stackAi().script(request -> Reply.text("{\"outputs\":{},\"run_id\":\"r1\"}"));
        assertThat(call(with(RUN, "outputFormat=json")).getException()).isNull();
        Exchange exchange = call(with(RUN, with(Ticket.class)));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {RUN, COLLECT})
    void textThatCannotBeReadFailsWithTheTextAndTheRun(String uri) {
        String text = "It is urgent, I think: {\"priority\":2}";
        answer(text);
        Exchange exchange = failedCall(with(uri, "outputFormat=json"));
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(StackAiResponseException.class, e -> {
                    assertThat(e.getText()).isEqualTo(text);
                    assertThat(e.getRunId()).isEqualTo("r1");
                    assertThat(e.mayHaveRun()).isTrue();
                    assertThat(e.isRetryable()).isFalse();
                })
                .hasMessageContaining("Run r1")
                .hasMessageContaining("cannot be read as JSON")
                .hasMessageContaining("It is urgent");
        assertThat(exchange.getProperty(StackAiConstants.MAY_HAVE_RUN)).isEqualTo(true);
        assertThat(exchange.getMessage().getHeader(StackAiConstants.RUN_ID)).isEqualTo("r1");
    }

    @Test
    void valueThatDoesNotFitTheClassFailsWithWhatIsWrong() {
        answer("{'title': 'a', 'urgency': 2}");
        assertThat(failure(with(RUN, with(Ticket.class))))
                .isInstanceOfSatisfying(StackAiResponseException.class, e -> assertThat(e.getText())
                        .isEqualTo("{'title': 'a', 'urgency': 2}"))
                .hasMessageContaining(Ticket.class.getName())
                .hasMessageContaining("urgency");
        answer(Map.of("priority", "very"));
        assertThat(failure(with(RUN, with(Ticket.class))))
                .isInstanceOfSatisfying(StackAiResponseException.class, e -> assertThat(e.getText())
                        .isEqualTo("{\"priority\":\"very\"}"))
                .hasMessageContaining("very");
    }

    /** What it says while it waits for a person is no answer yet. */
    @Test
    void pausedRunLeavesTextThatCannotBeRead() {
        stackAi().enqueue(Reply.text("{\"outputs\":{\"out-0\":\"Please approve\"},\"pause\":{\"by\":\"mail\"}}"));
        Exchange exchange = call(with(RUN, with(Ticket.class)));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("Please approve");
        assertThat(exchange.getMessage().getHeader(StackAiConstants.STATE)).isEqualTo("PAUSED");
    }

    /** It shapes the user's objects, and lets no answer choose a class. */
    @Test
    void mapperOfTheComponentBinds() throws Exception {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .activateDefaultTyping(LaissezFaireSubTypeValidator.instance, ObjectMapper.DefaultTyping.NON_FINAL)
                .build();
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            StackAiComponent own = new StackAiComponent();
            own.setConfiguration(component.getConfiguration());
            own.setObjectMapper(mapper);
            other.addComponent("stackai", own);
            other.start();
            var sender = other.createProducerTemplate();
            answer("{\"Title\":\"a\",\"Priority\":1}");
            assertThat(sender.requestBody(with(RUN, with(Ticket.class)), "q")).isEqualTo(new Ticket("a", 1, null));
            answer("[\"java.io.File\", \"/etc/passwd\"]");
            assertThat(sender.requestBody(with(RUN, with(Object.class)), "q"))
                    .isEqualTo(List.of("java.io.File", "/etc/passwd"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outputClass=com.acme.Nowhere",
                "outputClass=RAW(java.util.List<com.acme.Nowhere>)",
                "outputClass=RAW(java.util.List<java.lang.String)",
                "outputClass=RAW( )",
                "outputFormat=xml"
            })
    void impossibleOptionFailsAtStartByItsName(String option) {
        String name = option.substring(0, option.indexOf('='));
        assertThatThrownBy(() -> startRoute(RUN + "?" + option)).satisfies(e -> assertThat(
                        Stream.iterate(e, Objects::nonNull, Throwable::getCause).map(Throwable::toString))
                .anyMatch(message -> message.contains(name)));
    }

    @Test
    void formatOfTheComponentAppliesToItsRuns() {
        component.getConfiguration().setOutputClass(Ticket.class.getName());
        assertThat(bodyOf(RUN, "{'title': 'a', 'priority': 1}")).isEqualTo(new Ticket("a", 1, null));
        assertThat(call("stackai:metadata:f").getException()).isNull();
    }
}
