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

import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.StubTransport.Sent;
import io.github.camelstackai.observe.ServiceStatus;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceProbeTest {
    private final TestRuntime test = new TestRuntime();

    private ServiceProbe probe(String flow) {
        return new ServiceProbe(test.runtime, TestRuntime.options("topsecret", CallTimeouts.NONE), "org", flow);
    }

    private CompletableFuture<ServiceStatus> ask(String flow) {
        return probe(flow).ask().toCompletableFuture();
    }

    @Test
    void asksForTheMetadataOfTheFlow() {
        CompletableFuture<ServiceStatus> status = ask("triage");
        Sent sent = test.sent(0);
        assertThat(sent.request().toString()).isEqualTo("GET https://host/inference/v0/run/org/triage/metadata");
        assertThat(sent.request().body()).as("runs no flow").isNull();
        assertThat(TestRuntime.authorization(sent)).isEqualTo("Bearer topsecret");
        assertThat(sent.timeouts().total()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(5));
        sent.call().respond(200, "{}");
        assertThat(status.join()).isEqualTo(new ServiceStatus(true, 200, null));
        assertThat(test.observations.calls()).as("it is no call of a route").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "triage, 200, true",
        "triage, 429, true",
        "triage, 401, false",
        "triage, 402, false",
        "triage, 403, false",
        "triage, 404, false",
        "triage, 422, false",
        "triage, 500, false",
        "triage, 503, false",
        "triage, 302, false",
        ", 200, true",
        ", 404, true",
        ", 422, true",
        ", 429, true",
        ", 401, false",
        ", 403, false",
        ", 500, false"
    })
    void statusSaysWhetherTheServiceIsReachedAndTakesTheCredential(String flow, int status, boolean up) {
        CompletableFuture<ServiceStatus> answer = ask(flow);
        test.sent(0).call().respond(status, "{\"detail\":\"of topsecret\"}");
        assertThat(answer.join().up()).isEqualTo(up);
        assertThat(answer.join().httpStatus()).isEqualTo(status);
        if (up) {
            assertThat(answer.join().reason()).isNull();
        } else {
            assertThat(answer.join().reason())
                    .contains(Integer.toString(status), "of [credential]")
                    .doesNotContain("topsecret");
        }
    }

    @Test
    void pageOfAGatewayIsDown() {
        CompletableFuture<ServiceStatus> status = ask("triage");
        test.sent(0).call().respond(200, "<html>Welcome</html>");
        assertThat(status.join().up()).isFalse();
        assertThat(status.join().reason()).contains("check baseUrl");
    }

    @Test
    void serviceThatIsNotReachedIsDown() {
        CompletableFuture<ServiceStatus> status = ask("triage");
        test.sent(0).call().fail(new ConnectException("refused"), false);
        assertThat(status.join()).isEqualTo(new ServiceStatus(false, null, "refused"));
    }

    @Test
    void tokenThatCannotBeObtainedIsDown() {
        test.credential = new StubCredential().then(CompletableFuture.failedFuture(new IOException("sealed")));
        ServiceStatus status = new ServiceProbe(
                        test.runtime, TestRuntime.options(null, CallTimeouts.NONE), "org", "triage")
                .ask()
                .toCompletableFuture()
                .join();
        assertThat(status.up()).isFalse();
        assertThat(status.reason()).isEqualTo("no token");
    }

    @Test
    void questionWithoutACredentialIsRefused() {
        test.credential = null;
        ServiceProbe probe =
                new ServiceProbe(test.runtime, TestRuntime.options(null, CallTimeouts.NONE), "org", "triage");
        assertThatThrownBy(probe::ask).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void probeKnowsWhetherItsFlowExists() {
        assertThat(probe("triage").flowExists()).isTrue();
        assertThat(probe(null).flowExists()).isFalse();
    }
}
