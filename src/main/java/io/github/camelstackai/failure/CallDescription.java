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

import io.github.camelstackai.text.Excerpt;
import io.github.camelstackai.text.Redactor;

/**
 * Names a call in messages, and makes text of its response fit for them. Immutable.
 *
 * @param name of the call; its {@code toString} is the beginning of a message
 * @param redactor replaces the credentials of the call
 */
public record CallDescription(Object name, Redactor redactor) {
    /** The run and the call, as the subject of a sentence; {@code runId} is null if the service has named none. */
    public String withRun(String runId) {
        return runId == null ? toString() : "Run " + Excerpt.of(redactor.redact(runId)) + ", " + this + ",";
    }

    /** The start of {@code text} without credentials, on one line; empty for null. */
    public String excerpt(String text) {
        return excerpt(text, false);
    }

    /**
     * As {@link #excerpt(String)}.
     *
     * @param truncated whether {@code text} was cut off, so that it may end within a credential
     */
    public String excerpt(String text, boolean truncated) {
        return text == null ? "" : Excerpt.of(redactor.redact(text, truncated)); // a credential cut in two is not found
    }

    /** The text without credentials; null for null. */
    public String redact(String text) {
        return redactor.redact(text);
    }

    /** The name, without the credentials that an id from outside may contain. */
    @Override
    public String toString() {
        return redactor.redact(name.toString());
    }
}
