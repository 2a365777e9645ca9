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
package io.github.camelstackai.stream;

import io.github.camelstackai.StackAiStreamException;

/** What a stream belongs to, usually an exchange. Thread-safe. */
interface StreamOwner {
    /** The owner of a stream that belongs to the caller of a producer. */
    StreamOwner NONE = new StreamOwner() {
        @Override
        public boolean discardsRest() {
            return false;
        }

        @Override
        public void broken(StackAiStreamException failure) {
            // the caller gets the exception
        }
    };

    /** Whether the rest of the stream will be discarded, so that the call can be cancelled. */
    boolean discardsRest();

    /** The reader is about to get {@code failure}. */
    void broken(StackAiStreamException failure);
}
