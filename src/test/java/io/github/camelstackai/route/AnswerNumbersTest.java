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

import io.github.camelstackai.simulator.Reply;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of an answer keep the digits that came. */
class AnswerNumbersTest extends RouteTest {
    private Object answered(String number, String uri) {
        stackAi()
                .enqueue(Reply.text("{\"outputs\":{\"out-0\":{\"n\":" + number
                        + "}},\"run_id\":\"r1\",\"metadata\":{\"score\":NaN},\"state\":\"COMPLETED\"}\n"));
        Exchange exchange = call(uri);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(Map.class).get("n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012345.123456", "1e400", "0.10", "1200.00", "-0.0", "1e1000000000"})
    void decimalIsABigDecimalWithTheDigitsThatCame(String number) {
        assertThat(answered(number, "stackai:run:f")).isEqualTo(new BigDecimal(number));
        assertThat(answered(number, "stackai:stream:f?streamMode=collect")).isEqualTo(new BigDecimal(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 2000})
    void integerIsReadWithAllItsDigits(int digits) {
        Number number = (Number) answered("9".repeat(digits), "stackai:run:f");
        assertThat(new BigInteger(number.toString())).isEqualTo(new BigInteger("9".repeat(digits)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void numberThatPythonWritesIsADouble(String number) {
        assertThat(answered(number, "stackai:run:f")).isEqualTo(Double.valueOf(number));
        assertThat(answered(number, "stackai:stream:f?streamMode=collect")).isEqualTo(Double.valueOf(number));
    }
}
