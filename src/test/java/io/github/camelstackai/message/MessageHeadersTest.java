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

import io.github.camelstackai.StackAiConstants;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageHeadersTest {
    @Test
    void valueIsConverted() {
        assertThat(MessageHeaders.get(TestExchanges.withHeader("x", "3"), "x", Integer.class))
                .isEqualTo(3);
        assertThat(MessageHeaders.get(TestExchanges.withHeader("x", 3), "x", String.class))
                .isEqualTo("3");
    }

    @Test
    void missingHeaderIsNull() {
        assertThat(MessageHeaders.get(TestExchanges.withBody("q"), "x", String.class))
                .isNull();
        assertThat(MessageHeaders.get(TestExchanges.withHeader("x", null), "x", Integer.class))
                .isNull();
    }

    @Test
    void valueOfAnotherTypeIsRefusedByNameWithoutTheValue() {
        Exchange exchange = TestExchanges.withHeader("x", "topsecret");
        assertThatThrownBy(() -> MessageHeaders.get(exchange, "x", Integer.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("x", "Integer", "java.lang.String")
                .hasNoCause()
                .message()
                .doesNotContain("topsecret");
        assertThatThrownBy(() -> MessageHeaders.get(exchange, "x", Map.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void severalValuesAreNotJoinedToOneText() {
        for (Object value : List.of(List.of("a", "b"), Map.of("a", "b"), new String[] {"a", "b"})) {
            Exchange exchange = TestExchanges.withHeader("x", value);
            assertThatThrownBy(() -> MessageHeaders.get(exchange, "x", String.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("x");
        }
    }

    @Test
    void nullRemovesTheHeaderOfAnEarlierRun() {
        Message message = TestExchanges.withHeader("x", "old").getMessage();
        MessageHeaders.set(message, "x", "new");
        assertThat(message.getHeaders()).containsExactly(Map.entry("x", "new"));
        MessageHeaders.set(message, "x", null);
        assertThat(message.getHeaders()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"r-1,r-2,r-1", ",r-2,r-2", "'',r-2,r-2", "r-1,,r-1", ",,", "'',,", ",' ',"})
    void runOfTheHeaderBeatsTheOption(String header, String option, String runId) {
        Exchange exchange = TestExchanges.withHeader(StackAiConstants.RUN_ID, header);
        assertThat(MessageHeaders.runId(exchange, option)).isEqualTo(runId);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "answer")
    void answerReplacesTheBodyAndWhatDescribedIt(String answer) throws Exception {
        Message message = TestExchanges.withHeader(Exchange.CONTENT_TYPE, "application/json")
                .getMessage();
        message.setBody("question");
        message.setHeader(Exchange.REDELIVERY_DELAY, 7000L);
        message.setHeader(Exchange.CHARSET_NAME, "UTF-16");
        message.getExchange().setProperty(Exchange.CHARSET_NAME, "UTF-16");
        message.setHeader("kept", true);
        OneTimeValues.read(message.getExchange(), this, () -> "question");
        MessageHeaders.setAnswer(message, answer);
        assertThat(message.getBody()).isEqualTo(answer);
        assertThat(message.getHeaders()).containsOnlyKeys("kept");
        assertThat(message.getExchange().getProperties()).isEmpty();
    }
}
