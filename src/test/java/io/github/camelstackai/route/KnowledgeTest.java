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
import io.github.camelstackai.simulator.RecordedResource;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operation knowledge: each action, its request and its answer. */
class KnowledgeTest extends RouteTest {
    private static final String BASE = "0b5d0a4e-1111-4222-8333-444455556666";
    private static final String URI = "stackai:knowledge?knowledgeBaseId=" + BASE;
    private static final String RESOURCES = "/v1/knowledge-bases/" + BASE + "/resources";

    private RecordedRequest request() throws InterruptedException {
        return stackAi().takeRequest(Duration.ofSeconds(5));
    }

    private String upload(String name) {
        return template.request(URI, exchange -> {
                    exchange.getMessage().setBody("content of " + name);
                    exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
                })
                .getMessage()
                .getHeader(StackAiConstants.RESOURCE_ID, String.class);
    }

    @Test
    void uploadNamesTheResource() throws Exception {
        startRoute(URI);
        Message message = send("x", Map.of(Exchange.FILE_NAME, "a.txt")).getMessage();
        RecordedResource stored = stackAi().resources(BASE).get(0);
        assertThat(message.getHeader(StackAiConstants.RESOURCE_ID)).isEqualTo(stored.resourceId());
        assertThat(message.getHeader(StackAiConstants.KNOWLEDGE_BASE_ID)).isEqualTo(BASE);
        assertThat(message.getBody())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("resource_id", stored.resourceId());
        assertThat(stored.file().name()).isEqualTo("a.txt");
        RecordedRequest request = request();
        assertThat(request.rawUri()).isEqualTo(RESOURCES);
        try (PublishedContract contract = PublishedContract.ofPlatform()) {
            contract.check(request);
        }
    }

    @Test
    void headerOverridesTheKnowledgeBaseOfTheOption() throws Exception {
        startRoute(URI);
        String other = UUID.randomUUID().toString();
        send("x", Map.of(Exchange.FILE_NAME, "a.txt", StackAiConstants.KNOWLEDGE_BASE_ID, other));
        assertThat(stackAi().resources(other)).hasSize(1);
        assertThat(stackAi().resources(BASE)).isEmpty();
    }

    @Test
    void statusIsTheMapOfTheResource() throws Exception {
        startRoute(URI + "&action=status");
        String resource = upload("a.txt");
        request();
        Map<String, Object> header = Map.of(StackAiConstants.RESOURCE_ID, resource);
        assertThat(send(null, header).getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("status", "resource");
        assertThat(send(null, header).getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("status", "parsed")
                .containsEntry("resource_path", "a.txt");
        RecordedRequest request = request();
        assertThat(request.rawUri()).isEqualTo(RESOURCES + "/" + resource);
        try (PublishedContract contract = PublishedContract.ofPlatform()) {
            contract.check(request);
        }
    }

    @Test
    void listHasAllPages() throws Exception {
        startRoute(URI + "&action=list");
        for (int i = 0; i < 5; i++) {
            upload("f" + i);
        }
        stackAi().script(KnowledgeTest::smallPages);
        List<?> files = send(null).getMessage().getBody(List.class);
        assertThat(files).extracting("resource_path").containsExactly("f0", "f1", "f2", "f3", "f4");
        List<RecordedRequest> pages = stackAi().requests().subList(5, 8);
        assertThat(pages)
                .extracting(RecordedRequest::rawUri)
                .containsExactly(
                        RESOURCES + "?page_size=100&direction=next",
                        RESOURCES + "?cursor=2&page_size=100&direction=next",
                        RESOURCES + "?cursor=4&page_size=100&direction=next");
        try (PublishedContract contract = PublishedContract.ofPlatform()) {
            pages.forEach(contract::check);
        }
    }

    /** Five files in pages of two. */
    private static Reply smallPages(RecordedRequest request) {
        int from = request.query("cursor") == null ? 0 : Integer.parseInt(request.query("cursor"));
        List<Map<String, String>> data = java.util.stream.IntStream.range(from, Math.min(from + 2, 5))
                .mapToObj(i -> Map.of("resource_path", "f" + i))
                .toList();
        return from + 2 < 5
                ? Reply.json(Map.of("data", data, "cursor", String.valueOf(from + 2), "has_more", true))
                : Reply.json(Map.of("data", data, "has_more", false, "cursor", "unused"));
    }

    @Test
    void listIsAlsoAnArray() throws Exception {
        startRoute(URI + "&action=list");
        stackAi().enqueue(Reply.json("[{\"resource_id\":\"r\"}]"));
        assertThat(send(null).getMessage().getBody()).isEqualTo(List.of(Map.of("resource_id", "r")));
    }

    @Test
    void listEndsWhenACursorRepeats() throws Exception {
        startRoute(URI + "&action=list");
        stackAi().script(request -> Reply.json(Map.of("data", List.of(Map.of("a", 1)), "cursor", "same")));
        assertThat(send(null).getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(stackAi().requestCount()).isEqualTo(2);
    }

    @Test
    void deleteLeavesNoBody() throws Exception {
        startRoute(URI + "&action=delete");
        String resource = upload("a.txt");
        Exchange exchange = send("ignored", Map.of(StackAiConstants.RESOURCE_ID, resource));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isNull();
        assertThat(stackAi().resources(BASE)).isEmpty();
    }

    @Test
    void syncAnswersAMap() throws Exception {
        startRoute(URI + "&action=sync");
        assertThat(send(null).getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("status", "accepted");
        RecordedRequest request = request();
        assertThat(request.method() + " " + request.rawUri()).isEqualTo("POST /v1/knowledge-bases/" + BASE + "/sync");
        assertThat(request.header("Content-Length")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        stackai:knowledge                      | a.txt | -  | knowledgeBaseId | CamelStackAiKnowledgeBaseId
        stackai:knowledge                      | a.txt | kb | not a UUID      | CamelStackAiKnowledgeBaseId
        stackai:knowledge?action=status        | -     | 1  | action          | CamelStackAiResourceId
        """)
    void whatIsMissingIsRefusedByOptionAndHeader(String uri, String name, String base, String option, String header)
            throws Exception {
        startRoute(uri);
        Map<String, Object> headers = "-".equals(base)
                ? Map.of(Exchange.FILE_NAME, name)
                : Map.of(Exchange.FILE_NAME, name, StackAiConstants.KNOWLEDGE_BASE_ID, "1".equals(base) ? BASE : base);
        assertThat(send("x", headers).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("action".equals(option) ? "id" : option, header);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void refusalNamesTheResource() throws Exception {
        startRoute(URI + "&action=delete");
        String resource = UUID.randomUUID().toString();
        assertThat(send(null, Map.of(StackAiConstants.RESOURCE_ID, resource)).getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContainingAll(
                        "StackAI knowledge delete of '" + resource + "' in knowledge base " + BASE, "404");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        upload | {"message": "accepted"} | resource_id
        upload | []                      | not a JSON object
        list   | {"items": []}           | neither a list
        list   | ["a"]                   | not an object
        delete | <html>                  | not the JSON
        """)
    void unreadableAnswerIsAnError(String action, String answer, String reason) throws Exception {
        startRoute(URI + "&fileName=a.txt&action=" + action);
        stackAi().enqueue(Reply.json(answer));
        Exception failure =
                send("x", Map.of(StackAiConstants.RESOURCE_ID, BASE)).getException();
        assertThat(failure).isInstanceOf(StackAiResponseException.class);
        assertThat(failure.getMessage() + failure.getCause()).contains(reason);
    }
}
