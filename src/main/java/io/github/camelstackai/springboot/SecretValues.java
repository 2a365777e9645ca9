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
package io.github.camelstackai.springboot;

import java.util.List;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Hides the component's secrets in actuator endpoints that show values. A value is hidden in every property that has it, since the
 * component's option may refer to that property.
 */
final class SecretValues implements SanitizingFunction {
    static final List<String> OPTIONS = List.of("apiKey", "username", "password", "proxyUsername", "proxyPassword");

    private final Environment environment;

    SecretValues(Environment environment) {
        this.environment = environment;
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        Object value = data.getValue();
        return value != null && isSecret(value.toString()) ? data.withSanitizedValue() : data;
    }

    private boolean isSecret(String value) {
        // a binder without placeholder resolution: one that resolves them throws if a placeholder is undefined
        Binder binder = new Binder(ConfigurationPropertySources.get(environment));
        return OPTIONS.stream()
                .map(option -> binder.bind(SpringOptions.property(option), Bindable.of(String.class))
                        .orElse(""))
                .map(environment::resolvePlaceholders)
                .anyMatch(secret -> !secret.isEmpty() && secret.equals(value));
    }
}
