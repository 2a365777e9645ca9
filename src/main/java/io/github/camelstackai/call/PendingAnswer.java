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
package io.github.camelstackai.call;

import io.github.camelstackai.message.ExchangeUpdate;
import io.github.camelstackai.observe.CallObservation;

/** Receives what a response means, once; later calls are ignored. Thread-safe; no method blocks. */
public interface PendingAnswer {
    /** The service accepted the call, and the answer is complete. */
    void complete(ExchangeUpdate update);

    /** The service accepted the call, and the answer has begun; whoever reads it ends the {@link #observation}. */
    void begin(ExchangeUpdate update);

    /** Receives the events of the call. */
    CallObservation observation();

    /**
     * There is no answer.
     *
     * @param sent whether the request may have reached the server
     */
    void fail(Throwable cause, boolean sent);
}
