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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.CatalogOptions;
import io.github.camelstackai.StackAiComponent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The component is configured by the properties of Spring Boot. */
class SpringOptionsTest {
    private final Map<String, Object> properties = new HashMap<>();
    private final Map<String, Object> environment = new HashMap<>();
    private ConfigurableApplicationContext application;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class Customised {
        @Bean
        ComponentCustomizer shorterTimeout() {
            return ComponentCustomizer.forType(
                    StackAiComponent.class, component -> component.setConnectTimeout(Duration.ofSeconds(1)));
        }
    }

    @AfterEach
    void close() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void everyOptionIsSetByItsNameInKebabCase() throws Exception {
        properties.putAll(CatalogOptions.properties());
        CatalogOptions.assertSet(component());
    }

    @Test
    void relaxedNamesAreBoundAndTheEnvironmentTakesPrecedence() {
        properties.put("camel.component.stackai.baseUrl", "http://one.example.com");
        properties.put("camel.component.stackai.org_id", "org");
        properties.put("camel.component.stackai.api-key", "of-the-file");
        environment.put("CAMEL_COMPONENT_STACKAI_API_KEY", "of-the-environment");
        environment.put("CAMEL_COMPONENT_STACKAI_TOTALTIMEOUT", "3m");
        StackAiComponent component = component();
        assertThat(component.getConfiguration().getBaseUrl()).isEqualTo("http://one.example.com");
        assertThat(component.getConfiguration().getOrgId()).isEqualTo("org");
        assertThat(component.getConfiguration().getApiKey()).isEqualTo("of-the-environment");
        assertThat(component.getConfiguration().getTotalTimeout()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void placeholdersOfSpringAndOfCamelAreResolved() {
        properties.put("my.org", "org");
        properties.put("camel.component.stackai.org-id", "${my.org}");
        properties.put("camel.component.stackai.user-id", "{{my.org}}");
        StackAiComponent component = component();
        assertThat(component.getConfiguration().getOrgId()).isEqualTo("org");
        assertThat(component.getConfiguration().getUserId()).isEqualTo("org");
    }

    @Test
    void unknownOptionIsNamedWithoutItsValue() {
        properties.put("camel.component.stackai.api-kee", "the-value");
        assertThatThrownBy(this::component)
                .hasStackTraceContaining("camel.component.stackai.api-kee")
                .message()
                .doesNotContain("the-value");
    }

    @ParameterizedTest
    @CsvSource({
        "max-connections,many,whole number",
        "proxyPort,80a,whole number",
        "response-timeout,abc,30s",
        "connection-idle-timeout,'',30s",
        "verbose,yes,true or false",
        "stream-mode,'','chunks, collect'",
        "object-mapper,5,refer to a bean"
    })
    void valueThatCannotBeReadIsRefusedByTheNameOfItsProperty(String key, String value, String allowed) {
        properties.put("camel.component.stackai." + key, value);
        assertThatThrownBy(this::component)
                .hasStackTraceContaining("The property camel.component.stackai." + key + " cannot be used: ")
                .hasStackTraceContaining("'" + value + "' is not ")
                .hasStackTraceContaining(allowed);
    }

    @Test
    void customizersApplyAfterProperties() {
        properties.put("camel.component.stackai.connect-timeout", "20s");
        properties.put("camel.component.stackai.max-connections", "7");
        StackAiComponent component = component(Customised.class);
        assertThat(component.getConnectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(component.getMaxConnections()).isEqualTo(7);
    }

    @Test
    void autoConfigurationCanBeTurnedOff() {
        for (String off : List.of("enabled", "customizer.enabled")) {
            properties.put("camel.component.stackai.max-connections", "7");
            properties.put("camel.component.stackai." + off, "false");
            assertThat(component().getMaxConnections()).as(off).isEqualTo(1000);
            application.close();
            properties.clear();
        }
    }

    @Test
    void actuatorSanitizesSecretValues() {
        properties.put("camel.component.stackai.api-key", "${MY_KEY}");
        properties.put("camel.component.stackai.username", "bob");
        properties.put("camel.component.stackai.password", "{{pass.word}}");
        properties.put("pass.word", "the-password");
        properties.put("camel.component.stackai.proxy-username", "{{env:NOT_THERE}}");
        environment.put("MY_KEY", "the-long-key");
        start();
        SanitizingFunction secrets = application.getBean("stackAiSecrets", SanitizingFunction.class);
        Stream.of("the-long-key", "Bearer the-long-key", "the-password", "bob")
                .forEach(value ->
                        assertThat(shown(secrets, value)).as(value).isEqualTo(SanitizableData.SANITIZED_VALUE));
        assertThat(shown(secrets, "another")).isEqualTo("another");
        assertThat(shown(secrets, "bobsled")).isEqualTo("bobsled");
        assertThat(shown(secrets, null)).isNull();
    }

    /** Camel 4.22 starts no application with such a placeholder, so that only the function sees it. */
    @Test
    void placeholderThatCannotBeResolvedHidesNoOtherSecretFromTheFunction() {
        StandardEnvironment some = new StandardEnvironment();
        some.getPropertySources()
                .addFirst(new MapPropertySource(
                        "options",
                        Map.of(
                                "camel.component.stackai.proxy-password", "${NOWHERE}",
                                "camel.component.stackai.password", "{{nowhere}}",
                                "camel.component.stackai.api-key", "the-long-key")));
        SanitizingFunction secrets = new SecretValues(some, DefaultCamelContext::new);
        assertThat(shown(secrets, "the-long-key")).isEqualTo(SanitizableData.SANITIZED_VALUE);
        assertThat(shown(secrets, "another")).isEqualTo("another");
    }

    @Test
    void actuatorSanitizesASecretThatAnotherSourceOverrides() {
        properties.put("camel.component.stackai.api-key", "overridden-key");
        environment.put("CAMEL_COMPONENT_STACKAI_API_KEY", "winning-key");
        start();
        SanitizingFunction secrets = application.getBean("stackAiSecrets", SanitizingFunction.class);
        assertThat(shown(secrets, "overridden-key")).isEqualTo(SanitizableData.SANITIZED_VALUE);
        assertThat(shown(secrets, "winning-key")).isEqualTo(SanitizableData.SANITIZED_VALUE);
    }

    /** Camel 4.22 refuses a secret that Spring resolves, so the option refers to the environment by Camel's placeholder. */
    @Test
    void actuatorSanitizesWhatCamelsPlaceholderRefersTo() {
        String variable = System.getenv().keySet().stream()
                .filter(name -> System.getenv(name).length() >= 8 && name.matches("[A-Z]+"))
                .findFirst()
                .orElseThrow();
        properties.put("camel.component.stackai.api-key", "{{env:" + variable + "}}");
        start();
        SanitizingFunction secrets = application.getBean("stackAiSecrets", SanitizingFunction.class);
        assertThat(shown(secrets, System.getenv(variable))).isEqualTo(SanitizableData.SANITIZED_VALUE);
    }

    @Test
    void secretsAreThoseOfTheCatalog() throws Exception {
        assertThat(SecretValues.OPTIONS)
                .containsExactlyInAnyOrderElementsOf(CatalogOptions.all().entrySet().stream()
                        .filter(option -> option.getValue().path("secret").asBoolean())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static Object shown(SanitizingFunction secrets, Object value) {
        return secrets.apply(new SanitizableData(null, "any.property", value)).getValue();
    }

    private StackAiComponent component(Class<?>... configurations) {
        start(configurations);
        return (StackAiComponent) application.getBean(CamelContext.class).getComponent("stackai", true, false);
    }

    private void start(Class<?>... configurations) {
        application = new SpringApplicationBuilder(Application.class)
                .sources(configurations)
                .web(WebApplicationType.NONE)
                .environment(new StandardEnvironment() {
                    @Override
                    public Map<String, Object> getSystemEnvironment() {
                        return environment;
                    }
                })
                .properties(properties)
                .initializers((ApplicationContextInitializer<GenericApplicationContext>)
                        context -> CatalogOptions.beans().forEach(context.getBeanFactory()::registerSingleton))
                .run();
    }
}
