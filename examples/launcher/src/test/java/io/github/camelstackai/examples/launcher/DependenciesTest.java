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
package io.github.camelstackai.examples.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes to an application that depends on the component alone; docs/decisions.md says what for. */
class DependenciesTest {
    private static final List<String> OF_THE_TESTS =
            List.of("junit-", "opentest4j", "apiguardian-", "assertj-", "byte-buddy", "surefire", "jspecify");

    @Test
    void theComponentBringsTheseJarsAndNoOthers() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        assertThat(Arrays.stream(classPath.split(File.pathSeparator))
                        .map(entry -> Path.of(entry).getFileName().toString())
                        .filter(jar ->
                                jar.endsWith(".jar") && OF_THE_TESTS.stream().noneMatch(jar::startsWith))
                        .map(jar -> jar.replaceFirst("-[0-9].*", ""))
                        .distinct()
                        .filter(jar -> !jar.equals("camel-stackai")))
                .containsExactlyInAnyOrder(
                        "camel-support",
                        "camel-http-base",
                        "camel-jackson",
                        "httpclient5",
                        "httpcore5",
                        "httpcore5-h2",
                        "slf4j-api",
                        "jackson-databind",
                        "jackson-annotations",
                        "jackson-core",
                        "camel-api",
                        "camel-management-api",
                        "camel-util",
                        "camel-util-json",
                        "camel-xml-jaxp-util",
                        "camel-core-engine",
                        "camel-base-engine",
                        "camel-base",
                        "camel-core-reifier",
                        "camel-core-model",
                        "camel-core-processor",
                        "jakarta.xml.bind-api",
                        "jakarta.activation-api");
    }
}
