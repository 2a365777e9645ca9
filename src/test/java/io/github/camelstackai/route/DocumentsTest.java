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
import io.github.camelstackai.simulator.RecordedFile;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operation documents: each action, its request and its answer. */
class DocumentsTest extends RouteTest {
    private static final String URI = "stackai:documents:contracts?node=doc-0&userId=u1";

    private RecordedRequest request() throws InterruptedException {
        return stackAi().takeRequest(Duration.ofSeconds(5));
    }

    private Exchange upload(String content, String name) {
        return send(content, Map.of(Exchange.FILE_NAME, name));
    }

    @Test
    void uploadPutsTheFileOnTheNodeOfTheUser() throws Exception {
        startRoute(URI);
        Exchange exchange = upload("Net 30 days", "terms.pdf");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("filename", "terms.pdf");
        assertThat(stackAi().documents("contracts", "doc-0", "u1"))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.text()).isEqualTo("Net 30 days");
                    assertThat(file.type()).isEqualTo("application/pdf");
                    assertThat(file.field()).isEqualTo("file");
                });
    }

    @Test
    void requestMatchesThePublishedContract() throws Exception {
        startRoute(URI);
        upload("x", "a.txt");
        RecordedRequest upload = request();
        assertThat(upload.rawUri()).isEqualTo("/documents/sim-org/contracts/doc-0/u1");
        assertThat(upload.header("Authorization"))
                .isEqualTo("Bearer " + stackAi().apiKey());
        try (PublishedContract contract = PublishedContract.ofPlatform()) {
            contract.check(upload);
        }
    }

    @Test
    void headersOverrideTheOptions() throws Exception {
        startRoute(URI + "&fileName=option.txt");
        send(
                "x",
                Map.of(
                        StackAiConstants.FLOW_ID, "g",
                        StackAiConstants.NODE, "doc-1",
                        StackAiConstants.USER_ID, "u 2/3",
                        Exchange.FILE_NAME, "header.txt"));
        assertThat(request().rawUri()).isEqualTo("/documents/sim-org/g/doc-1/u%202%2F3");
        assertThat(stackAi().documents("g", "doc-1", "u 2/3"))
                .extracting(RecordedFile::name)
                .containsExactly("header.txt");
    }

    @Test
    void runOfTheSameUserFollows() throws Exception {
        stackAi().flow("contracts", inputs -> {
            List<RecordedFile> files = stackAi()
                    .documents("contracts", "doc-0", inputs.get("user_id").toString());
            return Map.of("out-0", files.get(0).text().contains("30") ? "30 days" : "unknown");
        });
        startRoutes(routes -> routes.from("direct:start")
                .setHeader(StackAiConstants.USER_ID, routes.simple("${exchangeId}"))
                .to("stackai:documents:contracts?node=doc-0")
                .setBody(routes.constant("When is it due?"))
                .to("stackai:run:contracts"));
        assertThat(upload("Net 30 days", "terms.pdf").getMessage().getBody()).isEqualTo("30 days");
    }

    @Test
    void legacyUploadNamesThePlaceInTheQuery() throws Exception {
        startRoute(URI + "&uploadApi=legacy");
        upload("x", "a.txt");
        assertThat(request().rawUri())
                .isEqualTo("/upload_to_supabase_user?org=sim-org&user_id=u1&flow_id=contracts&node_id=doc-0");
        assertThat(stackAi().documents("contracts", "doc-0", "u1")).hasSize(1);
    }

    @Test
    void listIsTheNames() throws Exception {
        startRoute(URI + "&action=list");
        template.sendBodyAndHeader(URI, "1", Exchange.FILE_NAME, "a.txt");
        template.sendBodyAndHeader(URI, "2", Exchange.FILE_NAME, "b.txt");
        assertThat(send("ignored").getMessage().getBody()).isEqualTo(List.of("a.txt", "b.txt"));
        stackAi().enqueue(Reply.json(List.of("c.txt", Map.of("filename", "d.txt", "size", 3))));
        Exchange exchange = send(null);
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of("c.txt", "d.txt"));
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("[\"c.txt\",\"d.txt\"]");
    }

    @Test
    void downloadIsTheContent() throws Exception {
        startRoute(URI + "&action=download");
        byte[] bytes = {0, -1, 13, 10, 65};
        template.sendBodyAndHeader(URI, bytes, Exchange.FILE_NAME, "a b&c.bin");
        Exchange exchange = upload("ignored", "a b&c.bin");
        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(bytes);
        request();
        assertThat(request().rawUri()).endsWith("/doc-0/u1/file?filename=a%20b%26c.bin");
    }

    @Test
    void deleteSaysWhatWasDeleted() throws Exception {
        startRoute(URI + "&action=delete&fileName=a.txt");
        template.sendBodyAndHeader(URI, "1", Exchange.FILE_NAME, "a.txt");
        assertThat(send(null).getMessage().getBody()).isEqualTo(Map.of("a.txt", true));
        assertThat(send(null).getMessage().getBody()).isEqualTo(Map.of("a.txt", false));
        assertThat(stackAi().documents("contracts", "doc-0", "u1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        stackai:documents?node=n&userId=u        | flow      | CamelStackAiFlowId
        stackai:documents:f?userId=u             | node      | CamelStackAiNode
        stackai:documents:f?node=n               | userId    | CamelStackAiUserId
        stackai:documents:f?node=n&userId=u      | fileName  | CamelFileName
        stackai:documents:f?node=n&userId=u&action=delete   | fileName | CamelFileName
        stackai:documents:f?node=n&userId=u&action=download | fileName | CamelFileName
        """)
    void whatIsMissingIsRefusedByOptionAndHeader(String uri, String option, String header) throws Exception {
        startRoute(uri);
        assertThat(send("x").getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(option, header);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void bodyThatIsNoFileIsRefused() throws Exception {
        startRoute(URI + "&fileName=a.txt");
        assertThat(send(null).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No file to upload");
        assertThat(send(new Object()).getException()).isInstanceOf(org.apache.camel.InvalidPayloadException.class);
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void refusalNamesTheFile() throws Exception {
        startRoute(URI + "&action=download");
        assertThat(upload(null, "gone.pdf").getException())
                .isInstanceOf(StackAiOperationFailedException.class)
                .hasMessageContainingAll(
                        "StackAI documents download of 'gone.pdf' in node doc-0 of flow contracts", "404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": false}",
                "{\"error\": \" \"}",
                "{\"error\": [], \"detail\": {}}",
                "{\"detail\": null}"
            })
    void answerWithoutAnErrorIsTheBody(String answer) throws Exception {
        startRoute(URI + "&fileName=a.txt");
        stackAi().enqueue(Reply.json(answer));
        Exchange exchange = send("x");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(Map.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        upload | [1]                   | not a JSON object
        upload | {"detail": "no room"} | no room
        upload | {"error": "", "detail": "no room"} | no room
        upload | {"error": true, "detail": "no room"} | error true: no room
        list   | {"a": 1}              | not a list
        list   | [1]                   | item without a name
        delete | {"a": "yes"}          | not true or false
        """)
    void unreadableAnswerIsAnError(String action, String answer, String reason) throws Exception {
        startRoute(URI + "&fileName=a.txt&action=" + action);
        stackAi().enqueue(Reply.json(answer));
        Exception failure = send("x").getException();
        assertThat(failure).isInstanceOf(StackAiResponseException.class);
        assertThat(failure.getMessage() + failure.getCause()).contains(reason);
    }
}
