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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The jars that an application gets from the component; docs/decisions.md gives the reason for each. */
class DependenciesTest {
    private static final Set<String> OF_TESTS =
            Set.of("junit-", "opentest4j", "apiguardian-", "assertj-", "byte-buddy", "surefire", "jspecify");

    private static final Set<String> OF_COMPONENT = Set.of(
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

    @Test
    void componentBringsTheseJarsAndNoOthers() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        assertThat(Arrays.stream(classPath.split(File.pathSeparator))
                        .map(entry -> Path.of(entry).getFileName().toString())
                        .filter(jar -> jar.endsWith(".jar") && OF_TESTS.stream().noneMatch(jar::startsWith))
                        .map(jar -> jar.replaceFirst("-[0-9].*", ""))
                        .filter(jar -> !jar.equals("camel-stackai"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(OF_COMPONENT);
    }
}
