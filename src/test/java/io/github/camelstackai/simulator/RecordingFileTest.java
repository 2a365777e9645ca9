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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.simulator.RecordedCall.Ending;
import io.github.camelstackai.simulator.RecordedCall.Piece;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording that fails destroys nothing. */
class RecordingFileTest {
    private static final Logger WARNINGS = Logger.getLogger(RecordingFile.class.getName());

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void chooseFile() {
        WARNINGS.setLevel(Level.OFF);
        path = folder.resolve("calls.json");
    }

    @AfterEach
    void warnAgain() {
        WARNINGS.setLevel(null);
    }

    private static RecordedCall answered(String flow) {
        CallRequest request = new CallRequest(
                "run",
                "POST",
                flow,
                "/run",
                Map.of("a", "b"),
                JsonCodec.tree("{\"é\":[true,null,-1.5e3]}".getBytes(StandardCharsets.UTF_8)));
        List<Piece> pieces = List.of(new Piece(1, "a\"}\n]\n}\n"), new Piece(2, "\u00c3\u00a9"));
        return new RecordedCall(request, ReplyHead.OK.with("Allow", "GET"), 1, pieces, Ending.COMPLETE, 2);
    }

    private static RecordedCall call(String flow) {
        CallRequest request = new CallRequest(
                "run", "POST", flow, "/run", Map.of(), JsonCodec.tree("{}".getBytes(StandardCharsets.UTF_8)));
        return new RecordedCall(request, null, 0, List.of(), Ending.CUT, 1);
    }

    private List<String> flows() {
        return RecordingFile.read(path).calls().stream()
                .map(call -> call.request().flow())
                .toList();
    }

    @Test
    void callThatCannotBeWrittenLeavesTheOthers() {
        boolean[] full = new boolean[1];
        RecordingFile file = new RecordingFile(path, false) {
            @Override
            void write(RandomAccessFile out, byte[] text) throws IOException {
                out.write(text, 0, full[0] ? text.length / 2 : text.length);
                if (full[0]) {
                    throw new IOException("No space left on device");
                }
            }
        };
        file.add(call("a"));
        file.add(call("b"));
        full[0] = true;
        assertThatThrownBy(() -> file.add(call("c")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(path.toString());
        assertThat(flows()).containsExactly("a", "b");
        full[0] = false;
        file.add(call("d"));
        assertThat(flows()).containsExactly("a", "b", "d");
    }

    @Test
    void oldRecordingStaysUntilThereIsANewCall() throws Exception {
        RecordingFile.create(path, false).add(call("old"));
        RecordingFile file = RecordingFile.create(path, true);
        assertThat(flows()).containsExactly("old");
        Path obstacle = Files.createDirectories(folder.resolve("calls.json.tmp/inside"));
        assertThatThrownBy(() -> file.add(call("new"))).isInstanceOf(UncheckedIOException.class);
        assertThat(flows()).containsExactly("old");
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        file.add(call("new"));
        assertThat(flows()).containsExactly("new");
        assertThat(RecordingFile.read(path).masked()).isTrue();
    }

    /** Stops like a process that is killed: nothing is mended afterwards. */
    @Test
    void writeThatStopsAtAnyByteLeavesTheCallsBefore() throws Exception {
        int size = 100;
        for (int bytes = 0; bytes <= size; bytes++) {
            int[] whole = new int[1];
            RecordingFile file = stoppingAt(bytes, whole);
            file.add(call("a"));
            assertThatThrownBy(() -> file.add(answered("b"))).isInstanceOf(Killed.class);
            size = whole[0];
            assertThat(flows()).as("after %s of %s bytes", bytes, size).startsWith("a");
        }
        assertThat(flows()).containsExactly("a", "b");
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private RecordingFile stoppingAt(int bytes, int[] size) {
        return new RecordingFile(path, false) {
            @Override
            void write(RandomAccessFile out, byte[] text) throws IOException {
                size[0] = text.length;
                out.write(text, 0, Math.min(bytes, text.length));
                throw new Killed();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "all and more"})
    void fileThatSomethingElseHasChangedIsLeftAsItIs(String change) throws Exception {
        RecordingFile file = RecordingFile.create(path, false);
        file.add(call("a"));
        String changed = change.replace("all", Files.readString(path));
        Files.writeString(path, changed);
        assertThatThrownBy(() -> file.add(call("b"))).hasStackTraceContaining("something else has changed the file");
        assertThat(path).hasContent(changed);
        Files.delete(path);
        assertThatThrownBy(() -> file.add(call("c"))).isInstanceOf(UncheckedIOException.class);
        assertThat(path).doesNotExist();
    }
}
