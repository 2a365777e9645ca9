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
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Content of a file, read when it is sent.
 *
 * @param length of the file when the request was made
 */
record FileBody(Path file, long length) implements RequestBody {
    static FileBody of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + (Files.exists(file) ? " is not a regular file" : " does not exist"));
        }
        return new FileBody(file, Files.size(file));
    }

    @Override
    public InputStream open() throws IOException {
        InputStream content = Files.newInputStream(file);
        long current = Files.size(file);
        if (current != length) {
            content.close();
            throw new IOException(file + " had " + length + " bytes when the request was made, and has " + current);
        }
        return content;
    }
}
