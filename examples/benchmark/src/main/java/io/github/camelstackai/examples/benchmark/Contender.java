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
package io.github.camelstackai.examples.benchmark;

import java.util.function.Consumer;

/** A way to call the service. */
interface Contender extends AutoCloseable {
    /** The input of every run and stream. */
    String QUESTION = "How do I reset my password?";

    /**
     * Runs a flow on one text.
     *
     * @param done receives the output as text, or a {@link Throwable}
     */
    void run(String flow, Consumer<Object> done);

    /** Streams the answer of a flow to one text. */
    void stream(String flow, ChunkListener listener);

    /** Whether {@link #run} blocks until the answer is available. */
    default boolean blocks() {
        return false;
    }

    @Override
    void close();

    /** Receives the chunks of one stream in sequence. */
    interface ChunkListener {
        /** @param text never null, often empty */
        void chunk(String text);

        /** @param failure null if the answer is complete */
        void end(Throwable failure);
    }
}
