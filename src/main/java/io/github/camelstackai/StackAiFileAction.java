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
package io.github.camelstackai;

import java.util.Locale;

/** What the operations {@code documents} and {@code knowledge} do. */
public enum StackAiFileAction {
    /** Sends the file that the body is. */
    UPLOAD,
    /** Lists the files of a node and user, or of a knowledge base. */
    LIST,
    /** Documents: fetches a file. */
    DOWNLOAD,
    /** Deletes a file. */
    DELETE,
    /** Knowledge: asks how far a file has been processed. */
    STATUS,
    /** Knowledge: makes the service process the knowledge base. */
    SYNC;

    /** As options and messages name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
