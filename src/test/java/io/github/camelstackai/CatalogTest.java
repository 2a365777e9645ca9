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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalog entry in the jar, by which editors and build plugins validate {@code stackai:} URIs. */
class CatalogTest {
    private static final CamelCatalog CATALOG = new DefaultCamelCatalog(true);

    /** Finds the component in the jar as editors and build plugins do. */
    @BeforeAll
    static void addTheComponentsOfTheJar() throws IOException {
        Properties jar = properties("component.properties");
        for (String name : jar.getProperty("components").split(" ", -1)) {
            String type = properties("component/" + name).getProperty("class");
            String place =
                    "META-INF/" + type.substring(0, type.lastIndexOf('.')).replace('.', '/');
            try (InputStream json = resource(place + "/" + name + ".json")) {
                CATALOG.addComponent(name, type, new String(json.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private static Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStream content = resource("META-INF/services/org/apache/camel/" + file)) {
            properties.load(content);
        }
        return properties;
    }

    /** Reads from the build, since the jars of Camel have files of the same names. */
    private static InputStream resource(String name) throws IOException {
        return Files.newInputStream(Path.of("target/classes").resolve(name));
    }

    @Test
    void catalogNamesTheArtifact() throws IOException {
        ComponentModel component = CATALOG.componentModel("stackai");
        Properties jar = properties("component.properties");
        assertThat(jar.getProperty("groupId")).isEqualTo(component.getGroupId());
        assertThat(jar.getProperty("artifactId")).isEqualTo(component.getArtifactId());
        assertThat(jar.getProperty("version")).isEqualTo(component.getVersion());
    }

    @Test
    void componentIsListed() {
        assertThat(CATALOG.findComponentNames()).contains("stackai");
        assertThat(CATALOG.componentModel("stackai").getEndpointHeaders())
                .isNotEmpty()
                .allSatisfy(header -> {
                    assertThat(header.getDescription()).isNotBlank();
                    assertThat(header.getJavaType()).isNotBlank();
                });
        assertThat(CATALOG.componentModel("stackai").getFirstVersion()).isEqualTo("0.1.0");
    }

    @Test
    void everyOptionHasLabelTypeAndDescription() {
        assertThat(CATALOG.componentModel("stackai").getOptions()).isNotEmpty().allSatisfy(option -> {
            assertThat(option.getDisplayName()).isNotBlank();
            assertThat(option.getGroup()).isNotBlank();
            assertThat(option.getType()).isNotBlank();
            assertThat(option.getDescription()).isNotBlank();
            assertThat(option.isSecret())
                    .as(option.getName())
                    .isEqualTo(option.getName().matches("apiKey|username|password|proxyUsername|proxyPassword"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stackai:run:triage",
                "stackai:run",
                "stackai:stream:f?streamMode=collect&sse=true&streamBufferSize=1024",
                "stackai:run:f?responseTimeout=30s&totalTimeout=5m&maxRetryAfter=1000",
                "stackai:run:f?response=full&output=out-1&version=3",
                "stackai:run:f?apiKey={{env:STACKAI_API_KEY}}&version={{version}}",
                "stackai:feedback:f?runId=r-1",
                "stackai:metadata:{{flow}}",
                "stackai:documents:f?action=list&node=doc-0&userId=u",
                "stackai:knowledge?knowledgeBaseId=k&awaitIndexed=true&indexPollInterval=5s"
            })
    void correctUriIsValid(String uri) {
        EndpointValidationResult result = CATALOG.validateEndpointProperties(uri, false, false, true);
        assertThat(result.isSuccess()).as(result.summaryErrorMessage(false)).isTrue();
        assertThat(result.hasWarnings()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "stackai:run:f?respnse=full, respnse",
        "stackai:run:f?response=half, response",
        "stackai:walk:f, operation",
        "stackai:run:f?version=latest, version",
        "stackai:stream:f?streamBufferSize=64k, streamBufferSize",
        "stackai:run:f?verbose=perhaps, verbose",
        "stackai:run:f?responseTimeout=soon, responseTimeout",
        "stackai:documents:f?action=move, action",
        "stackai:?output=out-1, operation"
    })
    void wrongUriIsRefusedByTheNameOfItsOption(String uri, String option) {
        EndpointValidationResult result = CATALOG.validateEndpointProperties(uri, false, false, true);
        assertThat(result.isSuccess()).isFalse();
        assertThat(refused(result)).containsExactly(option);
    }

    private static Set<String> refused(EndpointValidationResult result) {
        Set<String> refused = new TreeSet<>();
        Stream.of(result.getUnknown(), result.getRequired())
                .filter(Objects::nonNull)
                .forEach(refused::addAll);
        Stream.of(
                        result.getInvalidEnum(),
                        result.getInvalidInteger(),
                        result.getInvalidBoolean(),
                        result.getInvalidDuration())
                .filter(Objects::nonNull)
                .forEach(invalid -> refused.addAll(invalid.keySet()));
        return refused;
    }

    @Test
    void componentIsForProducersAlone() {
        assertThat(CATALOG.componentModel("stackai").isProducerOnly()).isTrue();
    }

    @Test
    void uriIsParsedAndAssembled() throws Exception {
        String uri = "stackai:stream:assistant?output=out-1&streamMode=collect";
        Map<String, String> properties = CATALOG.endpointProperties(uri);
        assertThat(properties)
                .isEqualTo(Map.of(
                        "operation", "stream", "flowId", "assistant", "output", "out-1", "streamMode", "collect"));
        assertThat(CATALOG.asEndpointUri("stackai", properties, false)).isEqualTo(uri);
        assertThat(CATALOG.asEndpointUri("stackai", Map.of("operation", "run"), false))
                .isEqualTo("stackai:run");
    }

    @ParameterizedTest
    @CsvSource({
        "camel.component.stackai.api-key=k, true",
        "camel.component.stackai.response-timeout=5m, true",
        "camel.component.stackai.max-connections=10, true",
        "camel.component.stackai.max-connections=many, false",
        "camel.component.stackai.api-kye=k, false",
        "camel.component.stackai.stream-mode=drip, false"
    })
    void propertiesOfTheComponentAreValidated(String property, boolean valid) {
        ConfigurationPropertiesValidationResult result = CATALOG.validateConfigurationProperty(property);
        assertThat(result.isSuccess()).as(result.summaryErrorMessage(false)).isEqualTo(valid);
    }
}
