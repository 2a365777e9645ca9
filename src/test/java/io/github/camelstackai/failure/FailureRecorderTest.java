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
package io.github.camelstackai.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.message.TestExchanges;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureRecorderTest {
    private static final Duration MAX = Duration.ofSeconds(60);

    private final Exchange exchange = TestExchanges.withBody("q");
    private final FailureRecorder ofRun = new FailureRecorder(MAX, StackAiConstants.RUN_ID);
    private final FailureRecorder ofFeedback = new FailureRecorder(MAX, null);

    private static ResponseHead head(String... retryAfter) {
        return new ResponseHead(200, null, Map.of(), List.of(retryAfter));
    }

    private Object header(String name) {
        return exchange.getIn().getHeader(name);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void plainFailureHasRunAsTheCallSays(boolean mayHaveRun) {
        IOException failure = new IOException("reset");
        ofRun.record(exchange, failure, mayHaveRun, null);
        assertThat(exchange.getException()).isSameAs(failure);
        assertThat(exchange.getProperty(StackAiConstants.MAY_HAVE_RUN)).isEqualTo(mayHaveRun);
        assertThat(exchange.getIn().getHeaders()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "301,false",
        "401,false",
        "404,false",
        "422,false",
        "425,false",
        "429,false",
        "408,true",
        "500,true",
        "503,true"
    })
    void failureOfTheServiceKnowsBetter(int status, boolean mayHaveRun) {
        StackAiOperationFailedException failure =
                new StackAiOperationFailedException("m", "u", status, "r", null, Map.of(), "", null, List.of(), true);
        ofRun.record(exchange, failure, !mayHaveRun, head());
        assertThat(exchange.getProperty(StackAiConstants.MAY_HAVE_RUN)).isEqualTo(mayHaveRun);
    }

    @Test
    void runIdIsThatOfTheFailedRunOrNone() {
        exchange.getIn().setHeader(StackAiConstants.RUN_ID, "of an earlier run");
        ofRun.record(exchange, new StackAiResponseException("m", "r-1", null), true, head());
        assertThat(header(StackAiConstants.RUN_ID)).isEqualTo("r-1");
        ofRun.record(exchange, new IOException("reset"), true, null);
        assertThat(exchange.getIn().getHeaders()).doesNotContainKey(StackAiConstants.RUN_ID);
    }

    @Test
    void runIdRemainsWhereTheCallStartsNoRun() {
        exchange.getIn().setHeader(StackAiConstants.RUN_ID, "r-1");
        ofFeedback.record(exchange, new IOException("reset"), true, null);
        ofFeedback.record(exchange, new StackAiResponseException("m", null, null), true, null);
        assertThat(header(StackAiConstants.RUN_ID)).isEqualTo("r-1");
    }

    @ParameterizedTest
    @CsvSource({"7,7000", "600,60000"})
    void delayThatTheServiceAsksForIsSetInMilliseconds(String retryAfter, long millis) {
        ofFeedback.record(exchange, new IOException("reset"), true, head("1", retryAfter));
        assertThat(header(Exchange.REDELIVERY_DELAY)).isEqualTo(millis);
    }

    @Test
    void delayIsTheRoutesWhereTheServiceAsksForNone() {
        ofRun.record(exchange, new IOException("reset"), true, head("0", "soon"));
        assertThat(exchange.getIn().getHeaders()).doesNotContainKey(Exchange.REDELIVERY_DELAY);
    }
}
