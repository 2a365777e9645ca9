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
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FeedbackMapperTest {
    private final FeedbackMapper mapper = new FeedbackMapper("r-option", new Json());

    private String feedback(Object body) throws Exception {
        return Json.text(mapper.feedback(TestExchanges.withBody(body)));
    }

    static Stream<Object> texts() {
        return Stream.of("good", "good".getBytes(StandardCharsets.UTF_8), JsonNodeFactory.instance.textNode("good"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsTheFeedback(Object body) throws Exception {
        assertThat(feedback(body)).isEqualTo("{\"feedback\":\"good\",\"run_id\":\"r-option\"}");
    }

    @Test
    void otherValueIsFeedbackAsText() throws Exception {
        assertThat(feedback(5)).contains("\"feedback\":\"5\"");
        assertThat(feedback(true)).contains("\"feedback\":\"true\"");
        assertThat(feedback(List.of(1, 2))).contains("\"feedback\":\"[1,2]\"");
    }

    @Test
    void objectIsSentWithItsOtherFields() throws Exception {
        assertThat(feedback(JsonNodeFactory.instance
                        .objectNode()
                        .put("run_id", "r-body")
                        .put("feedback", "good")
                        .put("score", 5)))
                .isEqualTo("{\"run_id\":\"r-body\",\"feedback\":\"good\",\"score\":5}");
    }

    @ParameterizedTest
    @CsvSource({"r-body,r-header,r-body", ",r-header,r-header", "' ',r-header,r-header", ",,r-option"})
    void runIsThatOfTheBodyElseOfTheHeaderElseOfTheOption(String body, String header, String runId) throws Exception {
        Exchange exchange = TestExchanges.withBody(
                body == null ? Map.of("feedback", "f") : Map.of("feedback", "f", "run_id", body));
        exchange.getMessage().setHeader(StackAiConstants.RUN_ID, header);
        assertThat(mapper.feedback(exchange)).containsEntry("run_id", runId);
    }

    @Test
    void missingRunNamesHeaderAndOption() {
        FeedbackMapper withoutOption = new FeedbackMapper(null, new Json());
        assertThatThrownBy(() -> withoutOption.feedback(TestExchanges.withBody("good")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(StackAiConstants.RUN_ID, "runId");
    }

    static Stream<Object> withoutFeedback() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return Stream.of(
                "",
                " \n",
                Map.of(),
                Map.of("run_id", "r"),
                Map.of("feedback", " "),
                Collections.singletonMap("feedback", null),
                nodes.objectNode().putNull("feedback"),
                nodes.objectNode().put("feedback", " "));
    }

    @ParameterizedTest
    @MethodSource("withoutFeedback")
    void missingFeedbackIsRefused(Object body) {
        assertThatThrownBy(() -> feedback(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("No feedback", "run_id", "body");
        assertThatThrownBy(() -> feedback(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsAreIntegers() {
        assertThat(FeedbackMapper.counts(Map.of("inserted", 1, "updated", 0)))
                .isEqualTo(Map.of("inserted", 1, "updated", 0));
        assertThat(FeedbackMapper.counts(Map.of())).isEmpty();
    }

    @Test
    void anythingElseIsNoCount() {
        for (Object value : Arrays.asList("1", 1.0, 1L, true, null, Map.of())) {
            assertThatThrownBy(() -> FeedbackMapper.counts(Collections.singletonMap("in\nserted", value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'in serted'");
        }
    }
}
