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
package io.github.camelstackai.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The component works without the jars of what observes it, and loads no class that needs one of them. An application with Jackson 3
 * may lack {@code camel-jackson}, too.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WithoutOptionalJarsTest {
    private static final List<String> OPTIONAL =
            List.of("micrometer-", "camel-health-", "camel-console-", "camel-management-4", "camel-jackson-");

    /** The application that the test starts in a process of its own. */
    static final class Application {
        private Application() {}

        public static void main(String[] arguments) throws Exception {
            CamelContext context = new DefaultCamelContext();
            try (StackAiSimulator simulator = StackAiSimulator.start()) {
                StackAiComponent component = new StackAiComponent();
                component.getConfiguration().setBaseUrl(simulator.baseUrl());
                component.getConfiguration().setApiKey(simulator.apiKey());
                component.getConfiguration().setOrgId(simulator.orgId());
                context.addComponent("stackai", component);
                RouteBuilder.addRoutes(
                        context, routes -> routes.from("direct:start").to("stackai:run:triage"));
                context.start();
                System.out.println(context.createProducerTemplate().requestBody("direct:start", "q", String.class));
                System.out.println("ended " + component.getCallsEnded());
                context.stop();
            }
        }
    }

    @Test
    void callsAreMadeAndCountedWithoutThem() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-verbose:class",
                        "-cp",
                        classPath(),
                        Application.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).contains("Answer to: q", "ended 1");
            assertThat(output.lines().filter(line -> line.contains("camelstackai.observe")))
                    .isNotEmpty()
                    .noneMatch(line ->
                            line.contains("Meters") || line.contains("HealthCheck") || line.contains("DevConsole"));
        } finally {
            process.destroyForcibly();
        }
    }

    /** The class path of the tests without the jars of {@link #OPTIONAL}. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> left = Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> OPTIONAL.stream().noneMatch(name -> isOf(entry, name)))
                .toList();
        assertThat(OPTIONAL).allSatisfy(name -> assertThat(all.split(File.pathSeparator))
                .as("the tests themselves have it")
                .anyMatch(entry -> isOf(entry, name)));
        return left.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isOf(String entry, String name) {
        return Path.of(entry).getFileName().toString().startsWith(name);
    }
}
