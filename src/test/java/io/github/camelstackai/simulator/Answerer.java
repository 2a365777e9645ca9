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

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Answers the requests to which neither the queue nor a script replies. Thread-safe; never blocks in {@link #answer}. */
@FunctionalInterface
interface Answerer extends AutoCloseable {
    /** The reply, perhaps later; never fails. */
    CompletionStage<Reply> answer(RecordedRequest request);

    /** What happened to requests that no recording matches, the oldest first. */
    default List<String> unmatched() {
        return List.of();
    }

    /** Ends what is in flight, and writes what is to be written. */
    @Override
    default void close() {}
}
