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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that cannot be read fails by the option's name, wherever it is written, and never counts as 0. */
class UnreadableOptionTest {
    /** By the type in the catalog: values, and what the message says is allowed. */
    private static final Map<String, List<String>> WRONG = Map.of(
            "duration", List.of("abc", "5 minutes", "-1s", "1.5s", "30S", "+5", "", " ", "#bean:text"),
            "integer", List.of("latest", "32MB", "5s", "4294967297", "+5", "1.0", "", " ", "#bean:text"),
            "boolean", List.of("yes", "1", "", " ", "#bean:text"),
            "enum", List.of("everything", "", " ", "#bean:text"),
            "object", List.of("abc", "5", "#bean:text", "#bean:missing", "#class:no.such.Type"));

    private static final List<String> CAMELS_OWN = List.of("lazyStartProducer", "bridgeErrorHandler");

    /** Values of {@code integer} that a {@code long} can have. */
    private static final List<String> WIDE = List.of("5s", "4294967297");

    private static final Map<String, String> ALLOWED = Map.of(
            "duration", "500ms, 30s, 5m or 1h30m",
            "integer", "whole number",
            "boolean", "true or false",
            "enum", "one of ",
            "object", "refer to a bean");

    /** Of all tests: none adds an endpoint that is wrong, or changes the component. */
    private static final DefaultCamelContext context = new DefaultCamelContext();

    private static final StackAiComponent component = new StackAiComponent();

    private record Row(String name, String type, String value) {}

    @BeforeAll
    static void start() {
        component.getConfiguration().setApiKey("k");
        context.getRegistry().bind("text", "abc");
        context.addComponent("stackai", component);
        context.start();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    static Stream<Row> componentOptions() throws Exception {
        return rows(CatalogOptions.all());
    }

    static Stream<Row> endpointOptions() throws Exception {
        return rows(CatalogOptions.ofEndpoints())
                .filter(row -> !row.value.startsWith("+")) // a blank in a URI
                .filter(row -> !(CAMELS_OWN.contains(row.name) && row.value.startsWith("#")))
                .filter(row -> !row.name.equals("scheduler")); // text, or a bean without its #
    }

    private static Stream<Row> rows(Map<String, JsonNode> options) {
        return options.entrySet().stream().flatMap(option -> {
            String type = option.getValue().path("type").asText();
            boolean wide = option.getValue().path("javaType").asText().equals("long");
            return WRONG.getOrDefault(type, List.of()).stream()
                    .filter(value -> !(wide && WIDE.contains(value)))
                    .map(value -> new Row(option.getKey(), type, value));
        });
    }

    private static String messages(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .collect(Collectors.joining("\n"));
    }

    /** The name, the value and what is allowed; for a bean that does not exist, its name. */
    private static void assertNamed(Throwable failure, Row row) {
        assertThat(failure).as("%s", row).isNotNull();
        boolean missing = row.value.contains("missing") || row.value.contains("no.such");
        assertThat(messages(failure))
                .as("%s", row)
                .containsIgnoringCase(row.name)
                .contains(row.value
                        .replace("#bean:text", "abc")
                        .replaceAll("#(bean|class):", "")
                        .strip())
                .contains(missing ? "" : ALLOWED.get(row.type));
    }

    @Test
    void everyTypeOfTheCatalogIsCovered() throws Exception {
        assertThat(Stream.concat(componentOptions(), endpointOptions()).map(Row::type))
                .containsAll(WRONG.keySet());
        assertThat(CatalogOptions.all().values())
                .extracting(option -> option.path("type").asText())
                .allMatch(type -> WRONG.containsKey(type) || type.equals("string"));
    }

    @ParameterizedTest
    @MethodSource("endpointOptions")
    void optionOfAnEndpoint(Row row) {
        String uri = "stackai:run:f?" + row.name + "=" + URLEncoder.encode(row.value, StandardCharsets.UTF_8);
        Throwable failure = catchThrowable(() -> context.getEndpoint(uri));
        assertNamed(failure, row);
        if (!row.value.startsWith("#") && !row.name.equals("schedulerProperties")) { // which Camel 4.22 reads itself
            assertThat(failure)
                    .as("Camel shows this message first")
                    .hasMessageContaining("Invalid stackai option " + row.name)
                    .hasMessageContaining(ALLOWED.get(row.type));
        }
    }

    @ParameterizedTest
    @MethodSource("componentOptions")
    void optionOfTheComponent(Row row) {
        PropertyConfigurer configurer = component.getComponentPropertyConfigurer();
        Object before = ((PropertyConfigurerGetter) configurer).getOptionValue(component, row.name, true);
        assertNamed(
                catchThrowable(() -> PropertyBindingSupport.build()
                        .withConfigurer(configurer)
                        .withIgnoreCase(true)
                        .withMandatory(true)
                        .bind(context, component, row.name, row.value)),
                row);
        assertThat(((PropertyConfigurerGetter) configurer).getOptionValue(component, row.name, true))
                .isEqualTo(before);
    }

    private static Throwable mainFailure(Map<String, String> properties) {
        Main main = new Main();
        try {
            properties.forEach(main::addInitialProperty);
            return catchThrowable(() -> {
                main.init();
                main.getCamelContext().getComponent("stackai");
                main.start();
            });
        } finally {
            main.stop();
        }
    }

    /** The first wrong value of each option: Main binds by the same configurer. */
    static Stream<Row> propertiesOfMain() throws Exception {
        return componentOptions().filter(row -> WRONG.get(row.type).indexOf(row.value) == 0);
    }

    @ParameterizedTest
    @MethodSource("propertiesOfMain")
    void propertyOfCamelMain(Row row) {
        String property = "camel.component.stackai." + StringHelper.camelCaseToDash(row.name);
        assertNamed(mainFailure(Map.of(property, row.value)), row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "+5", "-1s", "5 minutes"})
    void optionInsideTheConfiguration(String value) {
        assertNamed(
                mainFailure(Map.of("camel.component.stackai.configuration.response-timeout", value)),
                new Row("responseTimeout", "duration", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "+5", "-1s", "5 minutes"})
    void optionOfABean(String value) {
        assertNamed(
                mainFailure(Map.of(
                        "camel.beans.mine",
                        "#class:io.github.camelstackai.StackAiConfiguration",
                        "camel.beans.mine.totalTimeout",
                        value)),
                new Row("totalTimeout", "duration", value));
        assertNamed(
                mainFailure(Map.of(
                        "camel.beans.stackai",
                        "#class:io.github.camelstackai.StackAiComponent",
                        "camel.beans.stackai.connectTimeout",
                        value)),
                new Row("connectTimeout", "duration", value));
    }

    @Test
    void valuesThatCanBeReadAreTakenEverywhere() throws Exception {
        context.getRegistry().bind("limit", Duration.ofSeconds(7));
        context.getRegistry().bind("words", "1h30m");
        context.getPropertiesComponent().addInitialProperty("t", "5m");
        StackAiEndpoint endpoint = context.getEndpoint(
                "stackai:run:f?responseTimeout=#bean:limit&totalTimeout=#words&streamIdleTimeout={{t}}"
                        + "&maxRetryAfter=PT9S&version= 3 &verbose=FALSE&response=OUTPUTS&output={{?none}}",
                StackAiEndpoint.class);
        StackAiConfiguration options = endpoint.getConfiguration();
        assertThat(options.getResponseTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.getTotalTimeout()).isEqualTo(Duration.ofMinutes(90));
        assertThat(options.getStreamIdleTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.getMaxRetryAfter()).isEqualTo(Duration.ofSeconds(9));
        assertThat(options.getVersion()).isEqualTo(3);
        assertThat(options.isVerbose()).isFalse();
        assertThat(options.getResponse()).isEqualTo(StackAiResponse.OUTPUTS);
    }

    @Test
    void configurationOfMainIsBound() throws Exception {
        Main main = new Main();
        try {
            main.addInitialProperty("camel.component.stackai.configuration.response-timeout", "7s");
            main.addInitialProperty("camel.component.stackai.configuration.version", "4");
            main.init();
            StackAiConfiguration options = main.getCamelContext()
                    .getComponent("stackai", StackAiComponent.class)
                    .getConfiguration();
            assertThat(options.getResponseTimeout()).isEqualTo(Duration.ofSeconds(7));
            assertThat(options.getVersion()).isEqualTo(4);
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lazyStartProducer", "autowiredEnabled", "bridgeErrorHandler"})
    void truthValueOfCamelsOwn(String option) {
        assertThatThrownBy(() -> context.getEndpoint("stackai:run:f?" + option + "=yes"))
                .hasMessageContainingAll(option, "'yes'", "true or false");
    }

    @Test
    void optionThatIsWrittenTwiceIsRefused() {
        assertThatThrownBy(() -> context.getEndpoint("stackai:run:f?version=1&version=2"))
                .hasMessageContainingAll("version", "several values");
    }

    @Test
    void credentialThatCannotBeUsedIsNotShown() {
        Throwable failure = catchThrowable(() -> context.getEndpoint("stackai:run:f?apiKey=RAW(top secret)"));
        assertThat(messages(failure)).contains("apiKey").doesNotContain("top secret");
    }
}
