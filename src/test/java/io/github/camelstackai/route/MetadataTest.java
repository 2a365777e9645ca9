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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The metadata of a run. */
class MetadataTest extends RouteTest {
    private RecordedRequest request() throws InterruptedException {
        return stackAi().takeRequest(Duration.ofSeconds(5));
    }

    @Test
    void bodyIsTheMapOfTheResponse() throws Exception {
        startRoute("stackai:metadata:f");
        template.sendBody("stackai:run:f", "q");
        String runId = stackAi().runs().get(0).runId();
        Exchange exchange =
                send("ignored", Map.of(StackAiConstants.RUN_ID, runId, Exchange.CONTENT_TYPE, "text/plain"));
        assertThat(exchange.getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("run_id", runId)
                .containsEntry("inputs", Map.of("in-0", "q"))
                .containsEntry("error", null);
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isNull();
    }

    @Test
    void requestMatchesThePublishedContract() throws Exception {
        startRoute("stackai:metadata:f");
        stackAi().script(request -> Reply.json(Map.of()));
        send(new Object(), Map.of(StackAiConstants.RUN_ID, "a b&c"));
        RecordedRequest request = request();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.rawUri()).isEqualTo("/inference/v0/run/sim-org/f/metadata?run_id=a%20b%26c");
        assertThat(request.body()).isEmpty();
        assertThat(request.header("Content-Type")).isNull();
        assertThat(request.header("Authorization"))
                .isEqualTo("Bearer " + stackAi().apiKey());
        try (PublishedContract contract = new PublishedContract()) {
            contract.check(request);
        }
    }

    @Test
    void requestWithoutARunHasNoParameter() throws Exception {
        startRoute("stackai:metadata:f");
        assertThat(send(null).getMessage().getBody()).isEqualTo(Map.of());
        assertThat(request().rawUri()).isEqualTo("/inference/v0/run/sim-org/f/metadata");
    }

    @Test
    void optionNamesTheRunWithoutAHeader() throws Exception {
        startRoute("stackai:metadata:f?runId=r9");
        send(null);
        assertThat(request().query()).isEqualTo(Map.of("run_id", "r9"));
        send(null, Map.of(StackAiConstants.RUN_ID, "r1"));
        assertThat(request().query()).isEqualTo(Map.of("run_id", "r1"));
    }

    @Test
    void unknownRunIsRefused() throws Exception {
        startRoute("stackai:metadata:f?runId=r9");
        assertThat(send(null).getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContainingAll("StackAI metadata of flow f", "404", "Run not found");
    }

    @Test
    void responseOtherThanAnObjectIsAnError() throws Exception {
        startRoute("stackai:metadata:f");
        stackAi().enqueue(Reply.json("[1]"));
        assertThat(send(null).getException())
                .isInstanceOf(StackAiResponseException.class)
                .hasMessageContaining("[1]");
    }
}
