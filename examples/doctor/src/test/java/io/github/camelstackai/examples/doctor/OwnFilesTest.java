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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The doctor deletes its files whatever happens, and names those that it cannot delete. */
@Timeout(60)
class OwnFilesTest {
    private static final String BASE = "11111111-2222-3333-4444-555555555555";

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() {
        Examined.prepare(service());
    }

    private static StackAiSimulator service() {
        return STACK_AI.simulator();
    }

    private Examined examine() throws Exception {
        Examination examination =
                new Examination(Examination.Paid.NONE, Examination.inputs("", Examined.USER), Examined.NODE, BASE, "");
        return Examined.of(Examined.target(service()), examination, Examined.LIMITS, folder);
    }

    @Test
    void fileThatStaysIsNamedOnTheTerminalAlone() throws Exception {
        service().script(request -> request.method().equals("DELETE") ? Reply.error(500, "Not now") : null);
        Examined examined = examine();
        assertThat(examined.terminal())
                .containsPattern("left behind.*: doctor-[0-9a-f-]{36}\\.txt of user doctor-[0-9a-f-]{36}, node doc-0")
                .containsPattern("left behind.*: doctor-[0-9a-f-]{36}\\.txt of knowledge base " + BASE);
        assertThat(examined.report()).doesNotContain("left behind").doesNotContainPattern("doctor-[0-9a-f]{8}-");
    }

    @Test
    void deletionThatFailsIsRepeated() throws Exception {
        Set<String> refused = new HashSet<>();
        service()
                .script(request -> request.method().equals("DELETE") && refused.add(request.path())
                        ? Reply.error(503, "Later")
                        : null);
        assertThat(examine().terminal()).doesNotContain("left behind");
    }

    @Test
    void deletedFilesAreNotNamed() throws Exception {
        assertThat(examine().terminal()).doesNotContain("left behind");
    }

    @Test
    void resourceWithoutAnIdIsFoundInTheListAndDeleted() throws Exception {
        AtomicReference<String> name = new AtomicReference<>();
        service().script(request -> {
            if (!request.path().contains("/knowledge-bases/")) {
                return null;
            }
            if (request.method().equals("POST")) {
                name.set(request.file().name());
                return Reply.json(Map.of("message", "ok"));
            }
            if (request.method().equals("DELETE")) {
                name.set(null);
                return Reply.text("").withStatus(request.path().endsWith("/resource-7") ? 204 : 404);
            }
            return Reply.json(
                    name.get() == null
                            ? List.of()
                            : List.of(Map.of("resource_id", "resource-7", "resource_path", "/a/" + name.get())));
        });
        Examined examined = examine();
        assertThat(name.get()).isNull();
        assertThat(examined.terminal()).doesNotContain("left behind");
    }

    /** The older upload keeps its files in another place: the list of documents does not have them. */
    @Test
    void fileThatIsNotInTheListIsNamed() throws Exception {
        AtomicReference<String> name = new AtomicReference<>("");
        service().script(request -> {
            if (request.path().equals("/upload_to_supabase_user")) {
                name.set(request.file().name());
                return Reply.json(Map.of());
            }
            return request.method().equals("DELETE") && name.get().equals(request.query("filename"))
                    ? Reply.json(Map.of(name.get(), false))
                    : null;
        });
        assertThat(examine().terminal()).containsPattern("left behind.*: " + name.get());
    }

    @Test
    void listIsReadToItsEnd() throws Exception {
        AtomicReference<String> name = new AtomicReference<>("");
        service().script(request -> {
            if (!request.path().endsWith("/resources") || request.method().equals("DELETE")) {
                return request.method().equals("DELETE") ? Reply.error(500, "Not now") : null;
            }
            if (request.method().equals("POST")) {
                name.set(request.file().name());
                return null;
            }
            return request.query("cursor") == null
                    ? Reply.json(Map.of("data", List.of(Map.of("resource_id", "other")), "cursor", "next"))
                    : Reply.json(Map.of("data", List.of(Map.of("resource_id", "r", "name", name.get()))));
        });
        assertThat(examine().terminal()).containsPattern("left behind.*: " + name.get());
    }

    /** An upload that has not ended may store the file after its deletion. */
    @Test
    void fileWhoseUploadHasNotEndedIsNamed() {
        OwnFiles own = new OwnFiles(Examined.target(service()), Examined.LIMITS);
        String path = "/documents/" + service().orgId() + "/" + Examined.FLOW + "/doc-0/a-user";
        String name = own.add(OwnFiles.Kind.DOCUMENT, path, "a user");
        own.close();
        assertThat(own.delete()).containsExactly(name + " of a user");
        assertThat(service().requests()).extracting(RecordedRequest::method).containsExactly("DELETE");
    }

    @Test
    void listShowsThatAFileOfTheOlderUploadIsDeleted() throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        service().script(request -> {
            if (request.path().equals("/upload_to_supabase_user")) {
                names.add(request.file().name());
                return Reply.json(Map.of());
            }
            if (!request.path().startsWith("/documents/")) {
                return null;
            }
            if (request.method().equals("DELETE")) {
                names.remove(request.query("filename"));
                return Reply.json(Map.of());
            }
            return request.method().equals("GET") && request.query().isEmpty() ? Reply.json(names) : null;
        });
        assertThat(examine().terminal()).doesNotContain("left behind");
    }

    @Test
    void nothingIsUploadedAfterTheEnd() {
        OwnFiles own = new OwnFiles(Examined.target(service()), Examined.LIMITS);
        String name = own.add(OwnFiles.Kind.DOCUMENT, "/documents", "a user");
        assertThat(own.close()).containsExactly(name + " of a user");
        assertThatThrownBy(() -> own.add(OwnFiles.Kind.DOCUMENT, "/documents", "a user"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void interruptedExaminationDeletesItsFilesAndWritesTheReport() {
        Thread caller = Thread.currentThread();
        service().script(request -> {
            if (request.path().contains("/resources/") && request.method().equals("GET")) {
                caller.interrupt();
            }
            return null;
        });
        assertThatThrownBy(this::examine).isInstanceOf(InterruptedException.class);
        assertThat(service().resources(BASE)).isEmpty();
        assertThat(folder.resolve("report.md")).content().contains("| documents-delete | likely | as assumed");
    }
}
