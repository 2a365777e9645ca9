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
package io.github.camelstackai.examples.documents;

import io.github.camelstackai.StackAiConstants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Which resource of the knowledge base each file is: a folder with a file for each, so that a restart knows it. */
public final class ResourceIds {
    private final Path folder;

    ResourceIds(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** The resource of the version before; null for a new file. */
    public String earlier(@Header(Exchange.FILE_NAME) String name) throws IOException {
        Path id = id(name);
        return Files.exists(id) ? Files.readString(id) : null;
    }

    /** Remembers the resource of a file, in one step. */
    public void store(@Header(Exchange.FILE_NAME) String name, @Header(StackAiConstants.RESOURCE_ID) String resource)
            throws IOException {
        Path next = Files.writeString(folder.resolve(name + ".next"), resource);
        Files.move(next, id(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path id(String name) {
        return folder.resolve(name + ".id");
    }
}
