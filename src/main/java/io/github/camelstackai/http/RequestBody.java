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

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The content of a request. Immutable; can be sent more than once. Thread-safe. */
public interface RequestBody {
    /** Number of bytes. */
    long length();

    /**
     * Opens the content at its start. Reading may wait for a disk, never for a network.
     *
     * @return has {@link #length} bytes; a request whose content has more or fewer is aborted before it is complete
     * @throws IOException if the content cannot be read; nothing is sent then
     */
    InputStream open() throws IOException;

    /** Content in memory. */
    static RequestBody of(byte[] bytes) {
        return new BytesBody(bytes);
    }

    /**
     * Content of a file, read when it is sent. Its length is that of now.
     *
     * @throws IOException if it is no regular file that can be read
     */
    static RequestBody of(Path file) throws IOException {
        return FileBody.of(file);
    }
}
