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
package io.github.camelstackai.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelstackai.message.TestExchanges;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallResultTest {
    private final Exchange exchange = TestExchanges.withBody("q");

    static Stream<Throwable> exceptionsAndErrors() {
        return Stream.of(new IOException("reset"), new IllegalStateException("bug"), new Error("error"));
    }

    @ParameterizedTest
    @MethodSource("exceptionsAndErrors")
    void failureIsThrownAsItIs(Throwable cause) {
        assertThat(catchThrowable(() -> new CallResult.Failed(cause, null, null, false).applyTo(exchange)))
                .isSameAs(cause);
    }

    @Test
    void otherThrowableIsWrapped() {
        Throwable cause = new Throwable("neither");
        assertThatThrownBy(() -> new CallResult.Failed(cause, null, null, false).applyTo(exchange))
                .isInstanceOf(CompletionException.class)
                .hasCause(cause);
    }

    @Test
    void failureOfAnUpdateIsThrownAsItIsAndMayHaveRun() {
        IOException failure = new IOException("unreadable");
        CallResult answered = new CallResult.Answered(null, null, applied -> {
            throw failure;
        });
        assertThatThrownBy(() -> answered.applyTo(exchange)).isSameAs(failure);
        assertThat(answered.mayHaveRun()).isTrue();
    }
}
