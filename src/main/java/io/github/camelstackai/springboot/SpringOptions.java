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

import io.github.camelstackai.StackAiComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Component;
import org.apache.camel.Ordered;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Sets the component's options from properties of the environment. Property names follow Spring Boot's relaxed binding; values are
 * converted as by Camel Main. Runs before other customizers.
 */
final class SpringOptions implements ComponentCustomizer {
    static final String PREFIX = "camel.component.stackai";

    /** Properties below the prefix that Camel Spring Boot reads, without dots. */
    private static final Set<String> SWITCHES = Set.of("enabled", "customizerenabled");

    private final Environment environment;

    SpringOptions(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST;
    }

    @Override
    public boolean isEnabled(String name, Component component) {
        return component instanceof StackAiComponent
                && HierarchicalPropertiesEvaluator.evaluate(
                        environment, "camel.component.customizer", PREFIX + ".customizer");
    }

    /** @throws IllegalArgumentException if a property names no option of the component, or its value cannot be used */
    @Override
    public void configure(String name, Component component) {
        PropertyConfigurerGetter options = (PropertyConfigurerGetter) component.getComponentPropertyConfigurer();
        Map<String, String> keys = new HashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        properties().forEach((key, value) -> {
            String option = plain(key);
            if (options.getOptionType(option, true) != null) {
                keys.putIfAbsent(option, key);
                values.putIfAbsent(option, value); // the first source in the environment wins
            } else if (!SWITCHES.contains(option)) {
                throw new IllegalArgumentException(
                        "The property " + PREFIX + "." + key + " names no option of the stackai component; correct it"
                                + " (docs/configuration.md lists the options)");
            }
        });
        try {
            bind(component, values);
        } catch (PropertyBindingException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "The property " + PREFIX + "." + keys.get(e.getPropertyName()) + " cannot be used: "
                            + reason.getMessage(),
                    e);
        }
    }

    private static void bind(Component component, Map<String, Object> values) {
        PropertyBindingSupport.build()
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withIgnoreCase(true)
                .withMandatory(true)
                .bind(component.getCamelContext(), component, values);
    }

    private Map<String, String> properties() {
        return Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, String.class))
                .orElseGet(Map::of);
    }

    /** The name of the property of an option, in kebab case. */
    static String property(String option) {
        return PREFIX + "." + StringHelper.camelCaseToDash(option);
    }

    /** Returns the same for api-key, apiKey, and api.key, which is the form of the environment variable API_KEY. */
    private static String plain(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
