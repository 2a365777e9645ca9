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

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * A readiness check: whether the service is reached, and accepts the credential. However often it is called, it asks the service at
 * most once in 10 seconds; calls in between get the last answer. It waits for an answer up to 6 seconds. Needs camel-health.
 */
public final class ServiceHealthCheck extends AbstractHealthCheck {
    static final Duration INTERVAL = Duration.ofSeconds(10);
    /** Longer than the time limit of the request, whose failure says more than that there is no answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final String host;
    private final Supplier<CompletionStage<ServiceStatus>> service;
    private final LongSupplier nanoTime;
    // all guarded by the lock of the superclass, which it holds during doCall
    private CompletableFuture<ServiceStatus> last; // null before the first question
    private long asked;
    private Instant lastSuccess; // null for none

    /**
     * @param host of the service, with port and path
     * @param service asks it; returns without blocking
     */
    public ServiceHealthCheck(String id, String host, Supplier<CompletionStage<ServiceStatus>> service) {
        this(id, host, service, System::nanoTime);
    }

    ServiceHealthCheck(
            String id, String host, Supplier<CompletionStage<ServiceStatus>> service, LongSupplier nanoTime) {
        super("camel", id);
        this.host = host;
        this.service = service;
        this.nanoTime = nanoTime;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        long now = nanoTime.getAsLong();
        if (last == null || now - asked >= INTERVAL.toNanos()) {
            asked = now;
            last = ask();
        }
        ServiceStatus status = await(last, PATIENCE.toNanos() - (now - asked));
        builder.detail("host", host);
        if (status.httpStatus() != null) {
            builder.detail(HTTP_RESPONSE_CODE, status.httpStatus());
        }
        if (status.up()) {
            lastSuccess = Instant.now().minusNanos(now - asked).truncatedTo(ChronoUnit.MILLIS);
            builder.up();
        } else {
            builder.down().message(status.reason()).detail("reason", status.reason());
        }
        builder.detail("last.success", lastSuccess == null ? "none" : lastSuccess.toString());
    }

    private CompletableFuture<ServiceStatus> ask() {
        try {
            return service.get().toCompletableFuture();
        } catch (RuntimeException e) { // nothing was sent, as without a credential
            return CompletableFuture.completedFuture(ServiceStatus.unknown(e.getMessage()));
        }
    }

    private static ServiceStatus await(CompletableFuture<ServiceStatus> answer, long nanos) {
        try {
            return answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return ServiceStatus.unknown("no answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ServiceStatus.unknown("interrupted before there was an answer");
        } catch (ExecutionException | CompletionException e) {
            return ServiceStatus.unknown(String.valueOf(e.getCause()));
        }
    }
}
