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
package io.github.camelstackai.message;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;

/**
 * What the request of a call holds, such as a temporary file. It is released with the exchange; the exchange of an enricher has no
 * unit of work and loses its completions when it fails, so there it is released when the call ends.
 */
public final class CallResources {
    private static final String PROPERTY = "CamelStackAiCallResources";

    private CallResources() {}

    /** The exchange whose completions release what a request of {@code exchange} holds. */
    static Exchange owner(Exchange exchange) {
        if (exchange.getUnitOfWork() != null) {
            return exchange;
        }
        if (exchange.getProperty(PROPERTY) instanceof Exchange known) {
            return known;
        }
        Exchange owner = new DefaultExchange(exchange.getContext());
        exchange.setProperty(PROPERTY, owner);
        return owner;
    }

    /** The call of {@code exchange} has ended. */
    public static void release(Exchange exchange) {
        if (exchange.removeProperty(PROPERTY) instanceof Exchange owner) {
            UnitOfWorkHelper.doneSynchronizations(
                    owner, owner.getExchangeExtension().handoverCompletions());
        }
    }
}
