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
package io.github.camelstackai.stream;

import io.github.camelstackai.observe.OutcomeMapper;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.support.ExchangeHelper;

/**
 * The open calls of one route, or of a component, which end when it stops. Those of a route are a service of the route and not of a
 * producer: Camel stops producers while their route runs on, when a cache evicts them or is switched off. Thread-safe.
 */
public final class OpenCalls implements Service {
    private final String reason;
    private final Set<OpenCall> open = ConcurrentHashMap.newKeySet();
    /** Written at start and stop; what opens while it is true is cancelled at once. */
    private volatile boolean stopped;

    /** @param reason why the calls end, such as {@code the route was stopped} */
    OpenCalls(String reason) {
        this.reason = reason;
    }

    /** Those of the routes that {@code exchange} came from and is in; empty outside of routes. */
    public static List<OpenCalls> of(Exchange exchange) {
        Route origin = exchange.getContext().getRoute(exchange.getFromRouteId());
        return Stream.of(origin, ExchangeHelper.getRoute(exchange))
                .filter(Objects::nonNull)
                .distinct()
                .map(OpenCalls::of)
                .toList();
    }

    /** Those of {@code route}, which is started. */
    static OpenCalls of(Route route) {
        synchronized (route) { // the list of services is not thread-safe; a restart clears it
            for (Service service : route.getServices()) {
                if (service instanceof OpenCalls calls) {
                    return calls;
                }
            }
            OpenCalls calls = new OpenCalls("the route was stopped");
            route.addService(calls);
            return calls;
        }
    }

    /** Ends {@code call} with this route or component. */
    public void add(OpenCall call) {
        open.add(call);
        if (stopped) {
            call.cancel(OutcomeMapper.STOPPED, reason);
        }
    }

    /** Ends {@code call} with each of {@code owners}, until it is done. */
    public static void addUntil(CompletableFuture<?> done, OpenCall call, List<OpenCalls> owners) {
        owners.forEach(owner -> owner.add(call));
        CompletableFuture<?> unused = done.whenComplete((end, none) -> owners.forEach(owner -> owner.remove(call)));
    }

    /** The call has ended. */
    public void remove(OpenCall call) {
        open.remove(call);
    }

    @Override
    public void start() {
        stopped = false;
    }

    @Override
    public void stop() {
        stopped = true;
        open.forEach(call -> call.cancel(OutcomeMapper.STOPPED, reason));
    }
}
