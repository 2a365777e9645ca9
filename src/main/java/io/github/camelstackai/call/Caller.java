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

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.ExchangeHelper;

/**
 * Whether the answer to a call is still wanted. A call may wait long for a connection, and a run is billed although nobody receives
 * its answer.
 *
 * @param failure of the exchange when the call began; null for none
 */
public record Caller(Exchange exchange, Exception failure) {
    /** Of a call without an exchange, whose answer is always wanted. */
    static final Caller NONE = new Caller(null, null);

    /** @param exchange null for none */
    static Caller of(Exchange exchange) {
        return exchange == null ? NONE : new Caller(exchange, exchange.getException());
    }

    /** Why the request must not be sent any more, such as {@code the route r was stopped}; null to send it. */
    String withdrawal() {
        if (exchange == null) {
            return null;
        }
        Exception current = exchange.getException();
        if (current != null && current != failure) {
            return "the exchange has failed (" + current.getClass().getSimpleName() + ")";
        }
        String origin = exchange.getFromRouteId();
        Route route = ExchangeHelper.getRoute(exchange);
        if (isStopped(origin)) {
            return stopped(origin);
        }
        return route != null && isStopped(route.getRouteId()) ? stopped(route.getRouteId()) : null;
    }

    /** @param route null for a call outside any route */
    private boolean isStopped(String route) {
        if (route == null) {
            return false;
        }
        ServiceStatus status = exchange.getContext().getRouteController().getRouteStatus(route);
        return status == null || status.isStopping() || status.isStopped();
    }

    private static String stopped(String route) {
        return "the route " + route + " was stopped";
    }
}
