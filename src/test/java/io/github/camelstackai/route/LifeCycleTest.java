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
package io.github.camelstackai.route;

import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.File;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What the start of a component creates, and what its stop releases. */
class LifeCycleTest extends RouteTest {
    private static final int ROUNDS = 50;

    @Test
    void fiftyContextsReleaseThreadsSocketsAndHeap() throws Exception {
        useOnce(stackAi()); // loads classes
        List<String> threads = threads();
        int files = openFiles();
        long heap = usedHeap();
        for (int i = 0; i < ROUNDS; i++) {
            useOnce(stackAi());
        }
        eventually("threads have ended", () -> assertThat(threads()).hasSizeLessThanOrEqualTo(threads.size()));
        eventually("sockets are closed", () -> assertThat(stackAi().openConnections())
                .isZero());
        eventually("files are closed", () -> assertThat(openFiles()).isLessThanOrEqualTo(files + 2));
        long grown = usedHeap() - heap;
        System.out.printf(
                "%d contexts: heap grew by %d KiB, threads %d, files %d%n",
                ROUNDS, grown / 1024, threads.size(), files);
        assertThat(grown).as("bytes for %d contexts", ROUNDS).isLessThan(ROUNDS * 20 * 1024L);
    }

    private static void useOnce(StackAiSimulator stackAi) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            StackAiComponent component = new StackAiComponent();
            component.getConfiguration().setBaseUrl(stackAi.baseUrl());
            component.getConfiguration().setApiKey(stackAi.apiKey());
            component.getConfiguration().setOrgId(stackAi.orgId());
            context.addComponent("stackai", component);
            context.start();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                assertThat(template.requestBody("stackai:run:f", "q")).isEqualTo("Answer to: q");
            }
        }
    }

    @Test
    void componentStartsAgain() throws Exception {
        startRoute("stackai:run:f");
        send("q");
        component.stop();
        component.start();
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: q");
    }

    @Test
    void clientStartsBeforeTheFirstCall() throws Exception {
        startRoute("stackai:run:f");
        eventually("its I/O threads run", () -> assertThat(threads()).anyMatch(name -> name.startsWith("stackai-io")));
        assertThat(stackAi().requestCount()).isZero();
        component.stop();
        eventually("its I/O threads end", () -> assertThat(threads()).noneMatch(name -> name.startsWith("stackai-io")));
    }

    @Test
    void failingConfigurerFailsTheStart() {
        component.setHttpClientConfigurer(builder -> {
            throw new IllegalStateException("wrong setting");
        });
        assertThatThrownBy(() -> startRoute("stackai:run:f")).hasRootCauseMessage("wrong setting");
        assertThat(threads()).noneMatch(name -> name.matches("stackai-(io|timer|dns).*"));
    }

    @Test
    void configurerChangesTheClient() throws Exception {
        component.setHttpClientConfigurer(builder -> builder.setUserAgent("configured-agent"));
        startRoute("stackai:run:f");
        assertThat(send("q").getException()).isNull();
        assertThat(stackAi().requests().get(0).headers("User-Agent")).containsExactly("configured-agent");
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("awaitility"))
                .sorted()
                .toList();
    }

    private static int openFiles() {
        String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
