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
package io.github.camelstackai.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceHealthCheckTest {
    private static final ServiceStatus UP = new ServiceStatus(true, 200, null);

    private final List<CompletableFuture<ServiceStatus>> questions = new ArrayList<>();
    private ServiceStatus next = UP;
    private long now;
    private final ServiceHealthCheck check = new ServiceHealthCheck("stackai:host", "host", this::ask, () -> now);

    private CompletionStage<ServiceStatus> ask() {
        questions.add(CompletableFuture.completedFuture(next));
        return questions.get(questions.size() - 1);
    }

    @Test
    void answerIsTheStateWithDetails() {
        Result result = check.call();
        assertThat(result.getState()).isEqualTo(State.UP);
        assertThat(result.getDetails())
                .containsEntry("host", "host")
                .containsEntry("http.response.code", 200)
                .doesNotContainKey("reason");
        assertThat((String) result.getDetails().get("last.success")).matches("20..-..-..T.*Z");
    }

    @Test
    void refusalIsDownWithTheReason() {
        next = new ServiceStatus(false, 401, "refused; check the credential");
        Result result = check.call();
        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getMessage()).contains("refused; check the credential");
        assertThat(result.getDetails())
                .containsEntry("http.response.code", 401)
                .containsEntry("reason", "refused; check the credential")
                .containsEntry("last.success", "none");
    }

    @Test
    void lastSuccessIsShownWhileTheServiceIsDown() {
        Object success = check.call().getDetails().get("last.success");
        next = new ServiceStatus(false, null, "connection refused");
        now += ServiceHealthCheck.INTERVAL.toNanos();
        Result result = check.call();
        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getDetails()).containsEntry("last.success", success);
    }

    @Test
    void serviceIsAskedOnceInTenSeconds() {
        for (int i = 0; i < 100; i++) {
            check.call();
        }
        now += ServiceHealthCheck.INTERVAL.minusNanos(1).toNanos();
        check.call();
        assertThat(questions).hasSize(1);
        now += 1;
        check.call();
        assertThat(questions).hasSize(2);
    }

    @Test
    void serviceThatDoesNotAnswerIsDown() {
        ServiceHealthCheck silent = new ServiceHealthCheck("id", "host", CompletableFuture::new, () -> now);
        now = Duration.ofMinutes(1).toNanos();
        Thread.currentThread().interrupt(); // ends the wait at once
        assertThat(silent.call().getState()).isEqualTo(State.DOWN);
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        now += Duration.ofSeconds(7).toNanos(); // the patience for this question has run out
        Result result = silent.call();
        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getDetails()).containsEntry("reason", "no answer within 6 s");
    }

    @Test
    void questionThatCannotBeAskedIsDown() {
        ServiceHealthCheck check = new ServiceHealthCheck("id", "host", () -> {
            throw new IllegalArgumentException("No credential");
        });
        assertThat(check.call().getMessage()).contains("No credential");
        ServiceHealthCheck failed = new ServiceHealthCheck(
                "id", "host", () -> CompletableFuture.failedFuture(new IllegalStateException("bug")));
        assertThat(failed.call().getMessage().orElseThrow()).contains("bug");
    }

    @Test
    void itIsAReadinessCheckAlone() {
        assertThat(check.isReadiness()).isTrue();
        assertThat(check.isLiveness()).isFalse();
    }
}
