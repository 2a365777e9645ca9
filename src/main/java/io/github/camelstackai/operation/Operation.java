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

import io.github.camelstackai.call.CallResult;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;

/** An operation of the service, from exchange to request and from response to exchange. Thread-safe. */
public interface Operation {
    /**
     * Creates the request and sends it; returns without blocking.
     *
     * @return completes on an I/O or timer thread; never exceptionally
     * @throws Exception if the message cannot be sent; nothing has been sent then
     */
    CompletionStage<CallResult> send(Exchange exchange) throws Exception;

    /** Whether the next steps of the route may block on the rest of the response, and need a thread of their own for it. */
    default boolean blocksOnBody() {
        return false;
    }
}
