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
package io.github.camelstackai.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseCollectorTest {
    private static final int MAX = 10;
    private static final int MAX_ERROR = 4;

    private record Failure(Throwable cause, boolean sent) {}

    private final List<CollectedResponse> responses = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final SimulatedCall call = new SimulatedCall(new ResponseCollector(
            MAX, MAX_ERROR, responses::add, (cause, sent) -> failures.add(new Failure(cause, sent))));

    private void assertCollected(int status, String body, boolean complete) {
        assertThat(failures).isEmpty();
        assertThat(responses).hasSize(1);
        CollectedResponse response = responses.get(0);
        assertThat(response.head().status()).isEqualTo(status);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(response.complete()).isEqualTo(complete);
    }

    @Test
    void partsAreCollectedInOrder() {
        call.head(200).body("one").body("").body(",two").end();
        assertCollected(200, "one,two", true);
    }

    @Test
    void responseWithoutABodyIsComplete() {
        call.head(503).end();
        assertCollected(503, "", true);
    }

    @Test
    void noCapacityIsWithheldFromTheServer() {
        assertThat(call.head(200).granted()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"200,0123456789", "404,0123"})
    void bodyAtTheLimitIsComplete(int status, String body) {
        call.head(status).body(body.substring(0, 3)).body(body.substring(3)).end();
        assertCollected(status, body, true);
    }

    @ParameterizedTest
    @CsvSource({"200,0123456789", "404,0123"})
    void bodyBeyondTheLimitEndsTheCallAndIsKeptUpToIt(int status, String kept) {
        call.head(status).body(kept.substring(0, 3)).body(kept.substring(3) + "x");
        assertThat(call.isClosed()).isTrue();
        assertCollected(status, kept, false);
    }

    @Test
    void byteBehindABodyAtTheLimitMakesItIncomplete() {
        call.head(200).body("0123456789").body("x");
        assertCollected(200, "0123456789", false);
    }

    @Test
    void errorWhoseBodyBreaksOffIsAResponseAllTheSame() {
        call.head(500).body("ab").fail(new IOException("reset"), true);
        assertCollected(500, "ab", false);
    }

    @Test
    void answerThatBreaksOffIsAFailure() {
        IOException cause = new IOException("reset");
        call.head(200).body("ab").fail(cause, true);
        assertThat(responses).isEmpty();
        assertThat(failures).containsExactly(new Failure(cause, true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureBeforeTheHeadIsPassedOn(boolean sent) {
        IOException cause = new IOException("refused");
        call.fail(cause, sent);
        assertThat(responses).isEmpty();
        assertThat(failures).containsExactly(new Failure(cause, sent));
    }
}
