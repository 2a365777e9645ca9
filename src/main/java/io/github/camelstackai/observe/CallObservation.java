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

/** Receives the events of one call. Thread-safe; no method blocks. */
public interface CallObservation {
    /** Ignores all events. */
    CallObservation NONE = new CallObservation() {
        @Override
        public void firstChunk() {
            // ignored
        }

        @Override
        public void chunk() {
            // ignored
        }

        @Override
        public void ended(String outcome) {
            // ignored
        }
    };

    /** The first frame of a stream has arrived; called once at most. */
    void firstChunk();

    /** A chunk has been handed to the reader of a stream, or added to a collected answer. */
    void chunk();

    /**
     * The call has ended; only the first invocation counts.
     *
     * @param outcome one of {@link OutcomeMapper}
     */
    void ended(String outcome);

    /** The call has ended with its complete answer. */
    default void succeeded() {
        ended(OutcomeMapper.SUCCESS);
    }

    /** The call has ended without one. */
    default void failed(Throwable failure) {
        ended(OutcomeMapper.of(failure));
    }
}
