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

import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.failure.RefusedCall;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.message.ExchangeUpdate;
import java.util.concurrent.CompletionException;
import org.apache.camel.Exchange;

/** How a call ended. Applied to its exchange once, on a worker thread. */
public sealed interface CallResult {
    /**
     * Puts the answer on the exchange.
     *
     * @throws Exception the failure, if the call, its run, or reading the answer failed
     */
    void applyTo(Exchange exchange) throws Exception;

    /** Head of the response; null for none. */
    ResponseHead head();

    /** Names the call, and knows its credentials; null if it was not sent. */
    CallDescription call();

    /** Whether the run may have taken place, should {@link #applyTo} fail. */
    boolean mayHaveRun();

    /** The service answered with 2xx; the run may have failed all the same. */
    record Answered(ResponseHead head, CallDescription call, ExchangeUpdate update) implements CallResult {
        @Override
        public void applyTo(Exchange exchange) throws Exception {
            update.applyTo(exchange);
        }

        @Override
        public boolean mayHaveRun() {
            return true;
        }
    }

    /** The service, or a gateway, answered with another status. */
    record Refused(RefusedCall refusal) implements CallResult {
        @Override
        public void applyTo(Exchange exchange) throws Exception {
            throw refusal.exception();
        }

        @Override
        public ResponseHead head() {
            return refusal.response().head();
        }

        @Override
        public CallDescription call() {
            return refusal.call();
        }

        @Override
        public boolean mayHaveRun() {
            return true; // by its status: the exception knows
        }
    }

    /** There is no complete response. */
    record Failed(Throwable cause, ResponseHead head, CallDescription call, boolean mayHaveRun) implements CallResult {
        @Override
        public void applyTo(Exchange exchange) throws Exception {
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof Exception known ? known : new CompletionException(cause);
        }
    }
}
