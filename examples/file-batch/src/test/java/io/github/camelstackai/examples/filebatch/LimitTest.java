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
package io.github.camelstackai.examples.filebatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Documents of a folder that wait for those before them. */
@Timeout(60)
class LimitTest {
    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    @Test
    void documentsWaitForThoseInWorkAlsoIfTheseFail(@TempDir Path folder) throws Exception {
        for (int i = 0; i < 6; i++) {
            Files.writeString(folder.resolve(i + ".txt"), "document " + i);
        }
        StackAiSimulator simulator = STACK_AI.simulator();
        CompletableFuture<Void> release = new CompletableFuture<>();
        simulator.script(request -> request.text().contains("document 0")
                ? Reply.error(402, "No credits left").when(release)
                : Reply.usual().when(release));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(routes(folder, simulator));
            context.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> simulator.openRequests() == 2);
            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> simulator.openRequests() == 2);
            release.complete(null);
            await().atMost(Duration.ofSeconds(20)).until(() -> simulator.requestCount() >= 6);
            assertThat(simulator.maxOpenRequests()).isEqualTo(2);
        }
    }

    private static RouteBuilder routes(Path folder, StackAiSimulator simulator) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?noop=true&initialDelay=0")
                        .process(new Limit(2))
                        .toF(
                                "stackai:run:flow?baseUrl=%s&apiKey=%s&orgId=%s",
                                simulator.baseUrl(), simulator.apiKey(), simulator.orgId());
            }
        };
    }
}
