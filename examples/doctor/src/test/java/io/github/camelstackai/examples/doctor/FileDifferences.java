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

import static io.github.camelstackai.examples.doctor.Difference.of;
import static io.github.camelstackai.examples.doctor.Requests.method;
import static io.github.camelstackai.examples.doctor.Requests.path;
import static io.github.camelstackai.examples.doctor.Requests.query;

import io.github.camelstackai.simulator.RecordedFile;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Services that behave otherwise with files. */
final class FileDifferences {
    private FileDifferences() {}

    static Stream<Difference> all() {
        Predicate<RecordedRequest> documents = path("/documents/");
        Predicate<RecordedRequest> list =
                documents.and(request -> request.query().isEmpty()).and(method("GET"));
        Predicate<RecordedRequest> resources = path("/knowledge-bases/");
        Predicate<RecordedRequest> status =
                resources.and(method("GET")).and(request -> !request.path().endsWith("resources"));
        return Stream.of(
                of(Check.DOCUMENTS_API, "gone", documents.and(method("POST")), Reply.error(404, "Not Found")),
                of(Check.DOCUMENTS_LIST, "an object", list, Reply.json(Map.of("files", List.of()))),
                new Difference(
                        Check.DOCUMENTS_ADD_UP,
                        "the last one",
                        service -> service.script(
                                request -> list.test(request) ? Reply.json(last(service, request)) : null)),
                of(Check.DOCUMENTS_DOWNLOAD, "another file", path("/file"), Reply.text("other")),
                of(
                        Check.DOCUMENTS_DELETE,
                        "a number",
                        documents.and(method("DELETE")),
                        Reply.json(Map.of("deleted", 1))),
                of(
                        Check.DOCUMENTS_DELETE,
                        "false",
                        documents.and(method("DELETE")),
                        Reply.json(Map.of("deleted", false))),
                of(Check.DOCUMENTS_LEGACY, "gone", path("/upload_to_supabase_user"), Reply.error(404, "Not Found")),
                of(
                        Check.DOCUMENT_URL,
                        "refused",
                        path("/run/").and(request -> request.text().contains("doc-0")),
                        Reply.error(422, List.of())),
                of(
                        Check.KNOWLEDGE_LIST,
                        "another object",
                        resources.and(query("page_size")),
                        Reply.json(Map.of("items", 1))),
                of(
                        Check.KNOWLEDGE_LIST,
                        "no array",
                        resources.and(query("page_size")),
                        Reply.json("{\"data\":{},\"cursor\":null,\"has_more\":false}")),
                of(Check.KNOWLEDGE_UPLOAD, "no id", resources.and(method("POST")), Reply.json(Map.of("message", "ok"))),
                of(Check.KNOWLEDGE_STATUS, "another", status, Reply.json(Map.of("status", "queued"))),
                of(Check.KNOWLEDGE_DELETE, "200", resources.and(method("DELETE")), Reply.json(Map.of())));
    }

    /** The last of the files of the user that the path names. */
    private static List<String> last(StackAiSimulator service, RecordedRequest request) {
        String user = request.path().replaceFirst(".*/", "");
        List<String> names = service.documents(Examined.FLOW, Examined.NODE, user).stream()
                .map(RecordedFile::name)
                .toList();
        return names.subList(Math.max(0, names.size() - 1), names.size());
    }
}
