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

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.junit.jupiter.api.Test;

/** What JMX and the developer console show. */
class ManagementTest extends RouteTest {
    private final CompletableFuture<Void> answer = new CompletableFuture<>();

    private Object attribute(String type, String name, String attribute) throws Exception {
        MBeanServer server =
                context.getManagementStrategy().getManagementAgent().getMBeanServer();
        Set<ObjectName> names = server.queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=" + type + ",name="
                        + ObjectName.quote(name) + ",*"),
                null);
        assertThat(names).as(type + " " + name).hasSize(1);
        return server.getAttribute(names.iterator().next(), attribute);
    }

    private Object component(String attribute) throws Exception {
        return attribute("components", "stackai", attribute);
    }

    private Object endpoint(String attribute) throws Exception {
        return attribute("endpoints", "stackai://run:triage", attribute);
    }

    private CompletableFuture<Exchange> callInFlight() {
        stackAi().enqueue(Reply.usual().when(answer));
        CompletableFuture<Exchange> exchange = template.asyncSend("direct:start", e -> {});
        eventually("the call is in flight", () -> {
            assertThat(component.getCallsInFlight()).isEqualTo(1);
            assertThat(component.getConnectionsLeased()).isEqualTo(1);
            assertThat(component.getOldestCallMillis()).isPositive();
        });
        return exchange;
    }

    @Test
    void managedComponentShowsCallsAndConnections() throws Exception {
        startRoute("stackai:run:triage");
        CompletableFuture<Exchange> call = callInFlight();
        assertThat(component("CallsInFlight")).isEqualTo(1);
        assertThat((Long) component("OldestCallMillis")).isPositive();
        assertThat(component("ConnectionsLeased")).isEqualTo(1);
        assertThat(component("ConnectionsPending")).isEqualTo(0);
        answer.complete(null);
        assertThat(call).succeedsWithin(Duration.ofSeconds(10));
        assertThat(component("CallsInFlight")).isEqualTo(0);
        assertThat(component("OldestCallMillis")).isEqualTo(0L);
        assertThat(component("CallsEnded")).isEqualTo(1L);
        assertThat(component("CallsFailed")).isEqualTo(0L);
        eventually("the connection is kept for the next call", () -> {
            assertThat(component("ConnectionsLeased")).isEqualTo(0);
            assertThat(component("ConnectionsAvailable")).isEqualTo(1);
        });
    }

    @Test
    void managedEndpointShowsItsOperationAndFlow() throws Exception {
        startRoute("stackai:run:triage");
        stackAi().enqueue(Reply.error(429, "slow down"));
        send("q");
        call("stackai:run:another");
        CompletableFuture<Exchange> call = callInFlight();
        assertThat(endpoint("CallsInFlight")).isEqualTo(1);
        assertThat((Long) endpoint("OldestCallMillis")).isPositive();
        answer.complete(null);
        assertThat(call).succeedsWithin(Duration.ofSeconds(10));
        assertThat(endpoint("CallsInFlight")).isEqualTo(0);
        assertThat(endpoint("CallsEnded")).isEqualTo(2L);
        assertThat(endpoint("CallsFailed")).isEqualTo(1L);
        assertThat(endpoint("FailuresByKind")).isEqualTo(Map.of("http_429", 1L));
        assertThat(component("FailuresByKind")).isEqualTo(Map.of("http_429", 1L));
        assertThat(component("CallsEnded")).isEqualTo(3L);
    }

    @Test
    void managedEndpointOfAStreamShowsTheTimeToItsFirstChunk() throws Exception {
        startRoute("stackai:stream:f?streamMode=collect");
        stackAi().enqueue(Streams.reply("a").bodyAfter(Duration.ofMillis(100)));
        send("q");
        String name = "stackai://stream:f?streamMode=collect";
        assertThat((Long) attribute("endpoints", name, "FirstChunkP50Millis")).isGreaterThanOrEqualTo(100);
        assertThat((Long) attribute("endpoints", name, "FirstChunkP95Millis")).isGreaterThanOrEqualTo(100);
    }

    private DevConsole console() {
        DevConsoleRegistry registry = DevConsoleRegistry.get(context);
        registry.loadDevConsoles();
        return registry.getConsole("stackai").orElseThrow();
    }

    @Test
    void consoleShowsCallsByOperationAndFlow() throws Exception {
        startRoute("stackai:run:triage");
        stackAi().enqueue(Reply.error(429, "slow down"));
        send("q");
        open(Streams.reply("a", "b")).forEachRemaining(chunk -> {});
        CompletableFuture<Exchange> call = callInFlight();
        String text = (String) console().call(MediaType.TEXT);
        answer.complete(null);
        assertThat(call).succeedsWithin(Duration.ofSeconds(10));
        assertThat(text).containsPattern("Component stackai: connections leased 1, pending 0, available \\d");
        assertThat(text).containsPattern("run +triage +1 +\\d+ ms +1 +1 +http_429=1");
        assertThat(text).containsPattern("stream +f +0 +1 +0 +3 +\\d+ ms +\\d+ ms +success=1");
        assertThat(text).doesNotContain(stackAi().apiKey(), stackAi().orgId());
    }

    @Test
    void consoleShowsCallsAboutFilesAndTheLog() throws Exception {
        call("stackai:documents:f?node=doc-0&userId=u&action=list");
        call("stackai:knowledge?knowledgeBaseId=0b5d0a4e-1111-4222-8333-444455556666&action=sync");
        call("stackai:runs:f");
        assertThat((String) console().call(MediaType.TEXT))
                .containsPattern("documents +f +0 +1 +0 +success=1")
                .containsPattern("knowledge +none +0 +1 +0 +success=1")
                .containsPattern("runs +f +0 +1 +0 +success=1")
                .doesNotContain("0b5d0a4e");
    }

    @Test
    @SuppressWarnings("unchecked")
    void consoleIsJson() throws Exception {
        startRoute("stackai:run:triage");
        send("q");
        Map<String, Object> json = (Map<String, Object>) console().call(MediaType.JSON);
        Map<String, Object> shown = ((List<Map<String, Object>>) json.get("components")).get(0);
        assertThat(shown).containsEntry("name", "stackai").containsKeys("connectionsLeased", "connectionsPending");
        assertThat(((List<Map<String, Object>>) shown.get("calls")).get(0))
                .containsEntry("operation", "run")
                .containsEntry("flow", "triage")
                .containsEntry("inFlight", 0)
                .containsEntry("ended", 1L)
                .containsEntry("outcomes", Map.of("success", 1L));
        assertThat(new JsonMapper().writeValueAsString(json)).contains("\"flow\":\"triage\"");
    }

    @Test
    void consoleOfAContextWithoutTheComponentIsEmpty() {
        context.removeComponent("stackai");
        context.start();
        assertThat((String) console().call(MediaType.TEXT)).isEmpty();
    }
}
