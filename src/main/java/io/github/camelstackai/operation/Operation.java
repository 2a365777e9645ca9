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
package io.github.camelstackai.operation;

import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** One of the things that an endpoint does, from exchange to request and from response to exchange. Thread-safe. */
public interface Operation {
    /**
     * Builds the request and sends it; returns at once.
     *
     * @return completes on an I/O or timer thread, exceptionally with the {@link java.io.IOException} that ended the call
     * @throws Exception when the message cannot be sent; nothing has been sent then
     */
    CompletionStage<Outcome> send(Exchange exchange) throws Exception;

    /** Whether the route's next steps wait for the rest of the answer, and need a thread of their own for it. */
    default boolean keepsReader() {
        return false;
    }

    /** The route has stopped, and has given its exchanges the time that it gives: what is still open is cancelled. */
    default void stop() {}

    /** What the service answered, not yet read. */
    interface Outcome {
        /**
         * Reads the answer and puts it on the exchange.
         *
         * @throws Exception when the service refused the call, the run failed, or the answer makes no sense
         */
        void applyTo(Exchange exchange) throws Exception;
    }
}
