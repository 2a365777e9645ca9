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
package io.github.camelstackai.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBodyTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = Files.writeString(folder.resolve("a.txt"), "abc");
    }

    @Test
    void contentIsOpenedAtItsStartEachTime() throws Exception {
        RequestBody body = RequestBody.of(file);
        assertThat(body.length()).isEqualTo(3);
        assertThat(body.open()).hasContent("abc");
        assertThat(body.open()).hasContent("abc");
    }

    @Test
    void fileThatHasChangedItsLengthIsNotSent() throws Exception {
        RequestBody body = RequestBody.of(file);
        Files.writeString(file, "abcd");
        assertThatThrownBy(body::open).isInstanceOf(IOException.class).hasMessageContainingAll("a.txt", "3", "4");
    }

    @Test
    void fileThatHasDisappearedIsNotSent() throws Exception {
        RequestBody body = RequestBody.of(file);
        Files.delete(file);
        assertThatThrownBy(body::open).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatIsNoFileIsRefusedAtOnce() {
        assertThatThrownBy(() -> RequestBody.of(folder)).hasMessageContaining("is not a regular file");
        assertThatThrownBy(() -> RequestBody.of(folder.resolve("none"))).hasMessageContaining("does not exist");
    }

    @Test
    void bytesAreContentToo() throws Exception {
        RequestBody body = RequestBody.of(new byte[] {1, 2});
        assertThat(body.length()).isEqualTo(2);
        assertThat(body.open()).hasBinaryContent(new byte[] {1, 2});
        assertThat(body).hasToString("2 bytes");
    }
}
