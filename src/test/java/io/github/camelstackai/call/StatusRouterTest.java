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

import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.ResponseCollector;
import io.github.camelstackai.http.SimulatedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRouterTest {
    private record Failure(Throwable cause, boolean sent) {}

    private final List<CollectedResponse> answers = new ArrayList<>();
    private final List<CollectedResponse> refusals = new ArrayList<>();
    private final List<Failure> failuresOfAnswers = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final StatusRouter router = new StatusRouter(
            () -> null,
            new ResponseCollector(
                    1000, 1000, answers::add, (cause, sent) -> failuresOfAnswers.add(new Failure(cause, sent))),
            refusals::add,
            (cause, sent) -> failures.add(new Failure(cause, sent)));
    private final SimulatedCall call = new SimulatedCall(router);

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 299})
    void answerGoesToItsReceiver(int status) {
        call.respond(status, "hello");
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).body()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        assertThat(refusals).isEmpty();
        assertThat(router.responseHead().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 302, 401, 503})
    void refusalIsReadIntoMemory(int status) {
        call.respond(status, "no");
        assertThat(answers).isEmpty();
        assertThat(refusals).hasSize(1);
        assertThat(refusals.get(0).body()).asString(StandardCharsets.UTF_8).isEqualTo("no");
        assertThat(router.responseHead().status()).isEqualTo(status);
    }

    @Test
    void refusalIsReadUpToItsLimit() {
        call.respond(500, "x".repeat(HttpErrorMapper.MAX_BODY + 1));
        assertThat(refusals.get(0).body()).hasSize(HttpErrorMapper.MAX_BODY);
        assertThat(refusals.get(0).complete()).isFalse();
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureBeforeTheHeadIsThatOfTheCall(boolean sent) {
        IOException cause = new IOException("refused");
        call.fail(cause, sent);
        assertThat(failures).containsExactly(new Failure(cause, sent));
        assertThat(failuresOfAnswers).isEmpty();
        assertThat(router.responseHead()).isNull();
    }

    @Test
    void failureInsideAnAnswerGoesToItsReceiver() {
        IOException cause = new IOException("reset");
        call.head(200).body("hel").fail(cause, true);
        assertThat(failuresOfAnswers).containsExactly(new Failure(cause, true));
        assertThat(failures).isEmpty();
    }

    @Test
    void failureInsideARefusalIsARefusalAllTheSame() {
        call.head(500).body("n").fail(new IOException("reset"), true);
        assertThat(refusals).hasSize(1);
        assertThat(failures).isEmpty();
    }
}
