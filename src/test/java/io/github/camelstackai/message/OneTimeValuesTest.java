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

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OneTimeValuesTest {
    private final Exchange exchange = TestExchanges.withBody("q");

    private int attempts;

    private Object read(Object source, Object value) throws InvalidPayloadException {
        return OneTimeValues.read(exchange, source, () -> value);
    }

    @Test
    void valueIsKeptBySourceAndNotByEquality() throws Exception {
        List<String> source = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        assertThat(read(source, "text")).isEqualTo("text");
        assertThat(read(source, "exhausted")).isEqualTo("text");
        assertThat(read(equal, "other")).isEqualTo("other");
        assertThat(read(source, "exhausted")).isEqualTo("text");
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new StackOverflowError("deep"),
                new IllegalArgumentException("no text"),
                new InvalidPayloadException(TestExchanges.withBody("q"), String.class));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void sourceThatWasReadInPartFailsAgain(Throwable failure) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> OneTimeValues.read(exchange, this, once(failure)))
                    .isSameAs(failure);
        }
    }

    /** Throws once, and returns the rest of an exhausted source then. */
    private OneTimeValues.Reading once(Throwable failure) {
        return () -> {
            if (attempts++ > 0) {
                return "";
            }
            if (failure instanceof InvalidPayloadException unreadable) {
                throw unreadable;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    @Test
    void nothingIsKeptAfterwards() throws Exception {
        read(this, "text");
        OneTimeValues.clear(exchange);
        assertThat(exchange.getProperties()).isEmpty();
        assertThat(read(this, "other")).isEqualTo("other");
    }
}
