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

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A native image contains what is reached by name only. {@code mvn test -Dtest=NativeImageMetadataTest -Dwrite} rewrites the
 * list of classes.
 */
class NativeImageMetadataTest {
    private static final Path CLASSES = Path.of("src/main/java/io/github/camelstackai");
    private static final Path GENERATED = Path.of("src/generated/resources");
    private static final Path SERVICES = Path.of("META-INF/services");
    private static final Path METADATA =
            Path.of("src/main/resources/META-INF/native-image/io.github.camelstackai/camel-stackai");

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{(?:body|exception)\\.(\\w+)");

    private static final List<String> MESSAGES =
            List.of("StackAiChunk", "StackAiFailure", "StackAiProgress", "StackAiStream", "StackAiValidationError");

    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void classesReachedByNameAreListed() throws Exception {
        ArrayNode expected = json.createArrayNode();
        for (String name : namedInServices()) {
            assertThat(Class.forName(name).getConstructor()).isNotNull();
            expected.addObject()
                    .put("name", name)
                    .putArray("methods")
                    .addObject()
                    .put("name", "<init>")
                    .putArray("parameterTypes");
        }
        for (Class<?> type : reachedByExpressions()) {
            expected.addObject().put("name", type.getName()).put("allPublicMethods", true);
        }
        Path file = METADATA.resolve("reflect-config.json");
        if (System.getProperty("write") != null) {
            Files.writeString(file, json.writeValueAsString(expected) + "\n");
        }
        assertThat(json.readTree(file.toFile())).isEqualTo(expected);
    }

    /** Simple calls methods that begin with get and is by the names of properties, too. */
    @Test
    void propertiesOfBodiesAndExceptionsThatPagesNameAreReached() throws Exception {
        List<String> reached = reachedByExpressions().stream()
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .map(method -> method.getName().replaceFirst("^(get|is)(?=[A-Z])", ""))
                .map(StringHelper::decapitalize)
                .toList();
        List<String> named = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
            pages.filter(page -> page.toString().endsWith(".md"))
                    .flatMap(NativeImageMetadataTest::lines)
                    .flatMap(line -> PROPERTY.matcher(line).results())
                    .forEach(property -> named.add(property.group(1)));
        }
        assertThat(named).contains("retryable");
        assertThat(reached).containsAll(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/generated/resources",
                "src/main/resources-filtered",
                "src/main/resources/META-INF/services/org"
            })
    void filesThatCamelReadsAreListed(Path root) throws Exception {
        List<String> patterns = json.readTree(
                        METADATA.resolve("resource-config.json").toFile())
                .path("resources")
                .path("includes")
                .valueStream()
                .map(include -> include.path("pattern").asText())
                .toList();
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file ->
                                    file.toString().replaceFirst("^src/(main|generated)/resources(-filtered)?/", ""))
                            .toList())
                    .isNotEmpty()
                    .allMatch(file -> patterns.stream().anyMatch(file::matches));
        }
    }

    /** The classes that Camel creates by the names in service files. */
    private static List<String> namedInServices() throws IOException {
        try (Stream<Path> generated = Files.walk(GENERATED.resolve(SERVICES));
                Stream<Path> own = Files.walk(Path.of("src/main/resources").resolve(SERVICES))) {
            return Stream.concat(generated, own)
                    .filter(Files::isRegularFile)
                    .flatMap(NativeImageMetadataTest::lines)
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.replace("class=", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The classes whose methods a Simple expression may call, as in ${body.runId}: bodies and exceptions. */
    private static List<Class<?>> reachedByExpressions() throws Exception {
        try (Stream<Path> files = Files.list(CLASSES)) {
            Stream<String> types = files.map(
                            file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith("Exception") || MESSAGES.contains(name))
                    .sorted();
            return Stream.concat(types, Stream.of("message.JsonBody$OfArray", "message.JsonBody$OfObject"))
                    .<Class<?>>map(NativeImageMetadataTest::load)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("io.github.camelstackai." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
