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
package io.github.camelstackai.failure;

import io.github.camelstackai.StackAiIndexingException;

/** Creates the failure of a wait until a file is indexed. */
public final class IndexingErrorMapper {
    private IndexingErrorMapper() {}

    /**
     * The failure of a wait after the file was stored.
     *
     * @param upload of the file, as messages name it
     * @param call that was answered last
     * @param reason the end of the message
     * @param status null if it is not known
     */
    public static StackAiIndexingException notIndexed(
            Object upload,
            CallDescription call,
            String reason,
            String base,
            String resource,
            String status,
            Throwable cause) {
        String message = call.redact(upload.toString()) + ": the file was stored with the id " + call.excerpt(resource)
                + ", but " + reason;
        return new StackAiIndexingException(message, base, resource, status, cause);
    }
}
