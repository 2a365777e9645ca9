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

import java.nio.charset.StandardCharsets;

/**
 * A file in a form that the simulator received. Immutable.
 *
 * @param field the name of its part
 * @param name decoded as browsers encode it; null for none
 * @param type its Content-Type; null for none
 * @param size in bytes
 * @param content its first 16 MiB at most
 */
public record RecordedFile(String field, String name, String type, long size, byte[] content) {
    /** A copy of the first 16 MiB at most. */
    @Override
    public byte[] content() {
        return content.clone();
    }

    /** The content as UTF-8. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "file " + name + " (" + type + ", " + size + " bytes)";
    }
}
