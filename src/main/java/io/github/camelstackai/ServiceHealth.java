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
package io.github.camelstackai;

import io.github.camelstackai.call.ServiceProbe;
import io.github.camelstackai.observe.ServiceHealthCheck;
import io.github.camelstackai.protocol.ServiceUri;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;

/** The readiness checks of a component, one for each base URL that its producers call, if camel-health is present. Thread-safe. */
final class ServiceHealth {
    private final Map<String, ServiceProbe> probes = new ConcurrentHashMap<>();
    private final Map<String, HealthCheck> checks = new ConcurrentHashMap<>();
    /** Written with the first check; null before. */
    private volatile WritableHealthCheckRepository repository;

    /**
     * Adds the check of a base URL, unless it exists. A probe that knows a flow replaces one that does not.
     *
     * @param factory supplies null for none
     */
    void add(StackAiComponent component, String baseUrl, Supplier<ServiceProbe> factory) {
        WritableHealthCheckRepository found = HealthCheckHelper.getHealthCheckRepository(
                component.getCamelContext(), "producers", WritableHealthCheckRepository.class);
        ServiceProbe probe = found == null ? null : factory.get();
        if (probe == null) {
            return;
        }
        repository = found;
        String base = ServiceUri.base(baseUrl).toString();
        probes.merge(base, probe, (known, more) -> known.flowExists() ? known : more);
        checks.computeIfAbsent(base, key -> add(component, key));
    }

    private HealthCheck add(StackAiComponent component, String base) {
        String host = host(base);
        HealthCheck check = new ServiceHealthCheck(
                component.healthId() + ":" + host, host, () -> probes.get(base).ask());
        check.setEnabled(component.isHealthCheckProducerEnabled());
        repository.addHealthCheck(check);
        return check;
    }

    private static String host(String base) {
        URI uri = URI.create(base);
        return uri.getRawAuthority() + uri.getRawPath();
    }

    /** Adds the checks again that {@link #stop} has removed. */
    void start() {
        stop();
        checks.values().forEach(check -> repository.addHealthCheck(check));
    }

    /** Removes the checks. */
    void stop() {
        checks.values().forEach(check -> repository.removeHealthCheck(check));
    }
}
