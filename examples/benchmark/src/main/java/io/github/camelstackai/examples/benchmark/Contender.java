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

/** One way to call the service. */
interface Contender extends AutoCloseable {
    /** What every run and stream is asked. */
    String QUESTION = "How do I reset my password?";

    /**
     * Runs a flow on one text.
     *
     * @param done takes the output as text, or the {@link Throwable} that came instead
     */
    void run(String flow, Consumer<Object> done);

    /** Streams a flow's answer to one text. */
    void stream(String flow, ChunkListener listener);

    /** Whether {@link #run} returns no sooner than the answer is there. */
    default boolean blocks() {
        return false;
    }

    @Override
    void close();

    /** Takes the chunks of one stream, one call at a time. */
    interface ChunkListener {
        /** @param text never null, often empty */
        void chunk(String text);

        /** @param failure null when the answer is complete */
        void end(Throwable failure);
    }
}
