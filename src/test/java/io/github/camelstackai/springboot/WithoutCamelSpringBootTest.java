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

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A Spring Boot application starts with this jar and without the jars of its optional dependencies. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WithoutCamelSpringBootTest {
    /** The application that each test starts in a process of its own. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        public static void main(String[] arguments) {
            try (ConfigurableApplicationContext context = SpringApplication.run(Application.class)) {
                System.out.println(
                        "started with " + context.getBeanNamesForType(StackAiAutoConfiguration.class).length);
            }
        }
    }

    @Test
    void applicationWithSpringBootAloneStarts() throws Exception {
        assertThat(output(classPath("camel-spring"))).contains("started with 0").doesNotContain("WARN", "ERROR");
    }

    @Test
    void applicationWithCamelSpringBootButNoActuatorStarts() throws Exception {
        assertThat(output(classPath("spring-boot-actuator"))).contains("started with 1");
    }

    /** The class path of the tests without the jars whose name starts with {@code without}. */
    private static String classPath(String without) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String classPath = Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(without))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(classPath).isNotEqualTo(all);
        return classPath;
    }

    private static String output(String classPath) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", // a short run needs no second compiler
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        "-Dspring.main.web-application-type=none",
                        Application.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
