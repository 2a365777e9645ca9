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
package io.github.camelstackai.protocol.frame;

import io.github.camelstackai.protocol.RunResult;

/**
 * One step of a stream.
 *
 * @param result the content: {@code raw} as it came, empty for an end without an object; {@code outputs} without end markers;
 *     {@code runId} of this frame or of the last one that named it
 * @param kind what the frame means for the stream, never null
 */
public record Frame(RunResult result, Kind kind) {
    /** What a frame means for the stream. */
    public enum Kind {
        /** More frames follow. */
        DATA,
        /** The answer is complete. */
        END,
        /** The flow waits for a person; no more frames follow. */
        PAUSE,
        /** The service reported a failure: {@link RunResult#errorText()} is not null. */
        FAILURE
    }

    /** Whether this is the last frame of the stream; it may still carry output. */
    public boolean terminal() {
        return kind != Kind.DATA;
    }

    /** Whether the service reported a failure. */
    public boolean failed() {
        return kind == Kind.FAILURE;
    }
}
