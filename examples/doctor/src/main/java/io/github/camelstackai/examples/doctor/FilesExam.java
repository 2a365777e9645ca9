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
package io.github.camelstackai.examples.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Examines files by small ones of its own, which it deletes. */
final class FilesExam {
    private static final String TEXT = "A file of the doctor. It can be deleted.";
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    private static final Set<String> STATUSES =
            Set.of("resource", "parsed", "indexed", "pending", "pending_delete", "deleted", "error");

    private final Service service;
    private final Limits limits;
    private final Findings findings;
    private final OwnFiles own;

    /** @param own gets each file before it is uploaded */
    FilesExam(Service service, Limits limits, Findings findings, OwnFiles own) {
        this.service = service;
        this.limits = limits;
        this.findings = findings;
        this.own = own;
    }

    void documents(Target target, String node) {
        String user = "doctor-" + UUID.randomUUID();
        String owner = "user " + user + ", node " + node;
        String path = service.flow("documents") + Service.path(node, user);
        String first = own.add(OwnFiles.Kind.DOCUMENT, path, owner);
        Response uploaded = upload("documents, upload", path, first);
        boolean api = uploaded.isOk() && uploaded.json().isObject();
        findings.judge(Check.DOCUMENTS_API, uploaded, api);
        if (api) {
            String second = own.add(OwnFiles.Kind.DOCUMENT, path, owner);
            Response added = upload("documents, upload", path, second);
            listed(service.get("documents, list", path), List.of(first, second), added);
            Response file = service.get("documents, download", path + "/file?filename=" + first);
            boolean same = file.isOk() && file.text().equals(TEXT);
            findings.judge(
                    Check.DOCUMENTS_DOWNLOAD, file, same, "status " + file.status() + (same ? ", the file" : ""));
            Response deleted = service.delete("documents, delete", path + "?filename=" + first);
            own.deleted(first, deleted);
            deleted(deleted);
        }
        String query = "?org=" + Service.encode(target.orgId()) + "&user_id=" + Service.encode(user) + "&flow_id="
                + Service.encode(target.flowId()) + "&node_id=" + Service.encode(node);
        String name = own.add(OwnFiles.Kind.LEGACY, path, owner);
        Response legacy = upload("documents, legacy upload", "/upload_to_supabase_user" + query, name);
        findings.judge(Check.DOCUMENTS_LEGACY, legacy, legacy.isOk());
    }

    private Response upload(String operation, String path, String name) {
        Response answer = service.upload(operation, path, name, TEXT);
        own.uploaded(name, answer);
        return answer;
    }

    private void listed(Response answer, List<String> expected, Response added) {
        Optional<List<String>> names = OwnFiles.names(answer);
        findings.judge(
                Check.DOCUMENTS_LIST,
                answer,
                names.isPresent(),
                names.isPresent() ? Json.shape(answer.json()) : answer.form());
        if (!added.isOk()) {
            findings.unknown(Check.DOCUMENTS_ADD_UP, "the second upload: " + added.form());
        } else if (names.isPresent()) {
            boolean both = names.get().containsAll(expected);
            findings.judge(Check.DOCUMENTS_ADD_UP, both, both ? "both files" : "not both files");
        }
    }

    private void deleted(Response answer) {
        JsonNode json = answer.json();
        if (answer.isOk() && json.isObject() && json.isEmpty()) {
            findings.unknown(Check.DOCUMENTS_DELETE, "an empty object");
            return;
        }
        boolean booleans = answer.isOk()
                && json.isObject()
                && json.properties().stream().allMatch(entry -> entry.getValue().isBoolean());
        boolean deleted = OwnFiles.hasTrue(answer);
        findings.judge(
                Check.DOCUMENTS_DELETE, answer, booleans && deleted, answer.form() + (deleted ? "" : ", not deleted"));
    }

    void knowledge(String id) throws InterruptedException {
        String path = Service.path("v1", "knowledge-bases", id, "resources");
        list(service.get("knowledge, list", path + "?page_size=10&direction=next"));
        String name = own.add(OwnFiles.Kind.RESOURCE, path, "knowledge base " + id);
        Response uploaded = upload("knowledge, upload", path, name);
        String resource = uploaded.json().path("resource_id").asText();
        boolean accepted = uploaded.status() == ACCEPTED && !resource.isEmpty();
        findings.judge(Check.KNOWLEDGE_UPLOAD, uploaded, accepted);
        if (!resource.isEmpty()) {
            status(path + Service.path(resource));
            Response deleted = service.delete("knowledge, delete", path + Service.path(resource));
            own.deleted(name, deleted);
            findings.judge(Check.KNOWLEDGE_DELETE, deleted, deleted.status() == NO_CONTENT);
        }
    }

    private void list(Response answer) {
        JsonNode list = OwnFiles.resources(answer);
        boolean known = answer.isOk()
                && list.isArray()
                && StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isObject);
        findings.judge(Check.KNOWLEDGE_LIST, answer, known, known ? Json.shape(answer.json()) : answer.form());
    }

    /** Asks until the file is indexed. */
    private void status(String path) throws InterruptedException {
        Instant start = Instant.now();
        while (true) {
            Response answer = service.get("knowledge, status", path);
            String status = answer.json().path("status").asText();
            boolean known = STATUSES.contains(status);
            boolean over = Instant.now().isAfter(start.plus(limits.logged()));
            boolean decided = !known || Set.of("indexed", "error").contains(status);
            if (over || decided && !answer.provesNothing()) {
                long seconds = Instant.now().getEpochSecond() - start.getEpochSecond();
                findings.judge(
                        Check.KNOWLEDGE_STATUS,
                        answer,
                        known,
                        (known ? status : "another status, " + answer.form()) + " after " + seconds + " s");
                return;
            }
            Thread.sleep(limits.poll().toMillis());
        }
    }
}
