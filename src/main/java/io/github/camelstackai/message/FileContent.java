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
package io.github.camelstackai.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file of a message. It can be opened again, as a redelivery needs.
 *
 * @param name in any script; without a path
 * @param type a media type in printable ASCII
 * @param length in bytes
 */
public record FileContent(String name, String type, long length, Source source) {
    /** Opens the content at its start. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }
}
