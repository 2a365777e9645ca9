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
package io.github.camelstackai.observe;

/** Receives the events of the calls of one operation and flow. Thread-safe; no method blocks. */
interface FlowListener {
    FlowListener NONE = new FlowListener() {
        @Override
        public void firstChunk(long nanos) {
            // ignored
        }

        @Override
        public void chunk() {
            // ignored
        }

        @Override
        public void ended(String outcome, long nanos) {
            // ignored
        }
    };

    /** The first chunk of a stream has arrived, {@code nanos} after the call began. */
    void firstChunk(long nanos);

    /** A chunk has been handed on. */
    void chunk();

    /** A call has ended, {@code nanos} after it began. */
    void ended(String outcome, long nanos);
}
