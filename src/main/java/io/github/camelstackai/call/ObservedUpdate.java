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
import org.apache.camel.Exchange;

/**
 * Tells the observer of a call what became of its answer on the exchange.
 *
 * @param complete whether the call ends with the update; it always does if the update fails
 */
record ObservedUpdate(ExchangeUpdate update, CallObservation observation, boolean complete) implements ExchangeUpdate {
    @Override
    public void applyTo(Exchange exchange) throws Exception {
        try {
            update.applyTo(exchange);
        } catch (Throwable e) { // the run failed, or its answer cannot be used
            observation.failed(e);
            throw e;
        }
        if (complete) {
            observation.succeeded();
        }
    }
}
