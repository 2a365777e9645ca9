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
package io.github.camelstackai.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator's responses about documents and knowledge bases are those of the published structure. */
class PublishedFilesTest {
    @RegisterExtension
    static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    private static final String DOCUMENTS = "/documents/sim-org/f/doc-0/me";
    private static final String BASE = "/v1/knowledge-bases/0b5d0a4e-1111-4222-8333-444455556666";
    private static final String RESOURCES = BASE + "/resources";
    private static final String UNKNOWN = RESOURCES + "/00000000-0000-4000-8000-000000000000";

    private static TestContract contract;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void readContract() {
        contract = new TestContract();
    }

    @AfterAll
    static void close() {
        contract.close();
    }

    private HttpResponse<String> call(String operationId, String method, String target, String part) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(stackAi.simulator().baseUrl() + target))
                .header("Authorization", "Bearer sim-key")
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (part != null) {
            request.header("Content-Type", "multipart/form-data; boundary=b")
                    .method(method, HttpRequest.BodyPublishers.ofString("--b\r\n" + part + "\r\n--b--\r\n"));
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 404) { // the contract declares no error but 422
            contract.check(operationId, response);
        }
        return response;
    }

    private HttpResponse<String> call(String operationId, String method, String target) throws Exception {
        return call(operationId, method, target, null);
    }

    private static String part(String headers) {
        return "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n" + headers + "\r\ncontent";
    }

    private String store(String headers) throws Exception {
        HttpResponse<String> stored = call("uploadKnowledgeBaseResource", "POST", RESOURCES, part(headers));
        assertThat(stored.statusCode()).isEqualTo(202);
        return RESOURCES + "/" + new JsonObject(stored.body()).getString("resource_id");
    }

    @Test
    void documentsAreUploadedListedDownloadedAndDeleted() throws Exception {
        assertThat(call("uploadDocument", "POST", DOCUMENTS, part("Content-Type: text/plain\r\n"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(call("listDocuments", "GET", DOCUMENTS).body()).isEqualTo("[\"a.txt\"]");
        assertThat(call("downloadDocument", "GET", DOCUMENTS + "/file?filename=a.txt")
                        .body())
                .isEqualTo("content");
        assertThat(new JsonObject(call("deleteDocument", "DELETE", DOCUMENTS + "?filename=a.txt")
                        .body()))
                .isEqualTo(new JsonObject().put("a.txt", true));
        assertThat(new JsonObject(call("deleteDocument", "DELETE", DOCUMENTS + "?filename=a.txt")
                        .body()))
                .isEqualTo(new JsonObject().put("a.txt", false));
        assertThat(call("listDocuments", "GET", DOCUMENTS).body()).isEqualTo("[]");
    }

    @Test
    void fileHasEachStatus() throws Exception {
        List<String> all = List.of("resource", "pending", "parsed", "indexed", "pending_delete", "deleted", "error");
        stackAi.simulator().indexing(all.toArray(String[]::new));
        String file = store("Content-Type: text/plain\r\n");
        for (String status : all) {
            assertThat(new JsonObject(call("getKnowledgeBaseResource", "GET", file)
                                    .body())
                            .getString("status"))
                    .isEqualTo(status);
        }
    }

    @Test
    void fileWithoutAMediaTypeIsText() throws Exception {
        assertThat(new JsonObject(call("getKnowledgeBaseResource", "GET", store(""))
                                .body())
                        .getString("content_mime"))
                .isEqualTo("text/plain");
    }

    @Test
    void filesAreListedInPagesAndDeleted() throws Exception {
        String first = store("");
        store("");
        JsonObject page = new JsonObject(call("listKnowledgeBaseResources", "GET", RESOURCES + "?page_size=1")
                .body());
        assertThat(page.getJsonArray("data")).hasSize(1);
        assertThat(page.getBoolean("has_more")).isTrue();
        String next = RESOURCES + "?page_size=1&direction=next&cursor=" + page.getString("cursor");
        assertThat(new JsonObject(
                                call("listKnowledgeBaseResources", "GET", next).body())
                        .getBoolean("has_more"))
                .isFalse();
        assertThat(call("deleteKnowledgeBaseResource", "DELETE", first).statusCode())
                .isEqualTo(204);
        JsonArray left = new JsonObject(
                        call("listKnowledgeBaseResources", "GET", RESOURCES).body())
                .getJsonArray("data");
        assertThat(left).hasSize(1);
    }

    @Test
    void knowledgeBaseIsSynchronised() throws Exception {
        assertThat(call("syncKnowledgeBase", "POST", BASE + "/sync").statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "downloadDocument, GET, " + DOCUMENTS + "/file?filename=a.txt, File not found",
        "getKnowledgeBaseResource, GET, " + UNKNOWN + ", Resource not found",
        "deleteKnowledgeBaseResource, DELETE, " + UNKNOWN + ", Resource not found",
        "listDocuments, GET, /documents/other/f/doc-0/me, Organization not found"
    })
    void whatDoesNotExistIsAnsweredWith404(String operationId, String method, String target, String detail)
            throws Exception {
        HttpResponse<String> response = call(operationId, method, target);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(response.body())).isEqualTo(new JsonObject().put("detail", detail));
    }

    @ParameterizedTest
    @CsvSource({
        "downloadDocument, GET, " + DOCUMENTS + "/file",
        "deleteDocument, DELETE, " + DOCUMENTS,
        "uploadDocument, POST, " + DOCUMENTS,
        "uploadKnowledgeBaseResource, POST, " + RESOURCES,
        "listKnowledgeBaseResources, GET, " + RESOURCES + "?page_size=0",
        "listKnowledgeBaseResources, GET, " + RESOURCES + "?page_size=101",
        "listKnowledgeBaseResources, GET, " + RESOURCES + "?page_size=many",
        "listKnowledgeBaseResources, GET, " + RESOURCES + "?direction=up",
        "listKnowledgeBaseResources, GET, /v1/knowledge-bases/kb/resources",
        "getKnowledgeBaseResource, GET, " + RESOURCES + "/r1",
        "deleteKnowledgeBaseResource, DELETE, " + RESOURCES + "/r1",
        "syncKnowledgeBase, POST, /v1/knowledge-bases/kb/sync"
    })
    void invalidRequestIsAnsweredWith422(String operationId, String method, String target) throws Exception {
        assertThat(call(operationId, method, target).statusCode()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=\"file\"\r\n\r\nno file",
                "Content-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\nno name",
                "Content-Disposition: form-data; name=\"other\"; filename=\"a.txt\"\r\n\r\nanother field"
            })
    void formWithoutAFileIsAnsweredWith422(String part) throws Exception {
        assertThat(call("uploadDocument", "POST", DOCUMENTS, part).statusCode()).isEqualTo(422);
        assertThat(call("uploadKnowledgeBaseResource", "POST", RESOURCES, part).statusCode())
                .isEqualTo(422);
    }
}
