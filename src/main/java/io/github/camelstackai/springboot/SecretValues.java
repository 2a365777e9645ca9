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
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Hides the component's secrets in actuator endpoints that show values. A secret is the value of an option in any source of properties,
 * also in one that another source overrides, with the placeholders of Spring and of Camel resolved. It is hidden in every property that
 * contains it, since the option may refer to that property.
 */
final class SecretValues implements SanitizingFunction {
    static final List<String> OPTIONS = List.of("apiKey", "username", "password", "proxyUsername", "proxyPassword");

    private static final Logger LOG = LoggerFactory.getLogger(SecretValues.class);
    /** A shorter secret, such as a user name, is hidden only where it is the whole value. */
    private static final int LONG_ENOUGH = 8;

    private final Environment environment;
    private final Supplier<CamelContext> context;

    SecretValues(Environment environment, Supplier<CamelContext> context) {
        this.environment = environment;
        this.context = context;
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        Object value = data.getValue();
        return value != null && hasSecret(value.toString()) ? data.withSanitizedValue() : data;
    }

    private boolean hasSecret(String value) {
        return OPTIONS.stream().flatMap(this::values).anyMatch(secret -> has(value, secret));
    }

    private static boolean has(String value, String secret) {
        return secret.length() < LONG_ENOUGH ? value.equals(secret) : value.contains(secret);
    }

    /** The values of an option in all sources, resolved. */
    private Stream<String> values(String option) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(SpringOptions.property(option));
        Stream.Builder<ConfigurationPropertySource> sources = Stream.builder();
        ConfigurationPropertySources.get(environment).forEach(sources);
        return sources.build()
                .map(source -> source.getConfigurationProperty(name))
                .filter(Objects::nonNull)
                .map(ConfigurationProperty::getValue)
                .map(String::valueOf)
                .map(this::resolved)
                .filter(value -> !value.isEmpty());
    }

    private String resolved(String value) {
        String resolved = environment.resolvePlaceholders(value);
        try {
            return context.get().resolvePropertyPlaceholders(resolved);
        } catch (RuntimeException e) {
            LOG.debug("A placeholder of a secret option cannot be resolved", e);
            return resolved;
        }
    }
}
