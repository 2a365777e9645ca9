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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Route;
import org.apache.camel.Service;

/**
 * The open streams of one route, which end when the route stops. It is a service of the route and not of a producer: Camel stops
 * producers while their route runs on, when a cache evicts them or is switched off. Thread-safe.
 */
final class RouteStreams implements Service {
    private final Set<ChunkStream> open = ConcurrentHashMap.newKeySet();

    private RouteStreams() {}

    /** Those of {@code route}, which is started. */
    static RouteStreams of(Route route) {
        synchronized (route) { // the list of services is not thread-safe; a restart clears it
            for (Service service : route.getServices()) {
                if (service instanceof RouteStreams streams) {
                    return streams;
                }
            }
            RouteStreams streams = new RouteStreams();
            route.addService(streams);
            return streams;
        }
    }

    void add(ChunkStream stream) {
        open.add(stream);
    }

    void remove(ChunkStream stream) {
        open.remove(stream);
    }

    @Override
    public void start() {
        // streams are added as they open
    }

    @Override
    public void stop() {
        open.forEach(stream -> stream.cancel(OutcomeMapper.STOPPED, "the route was stopped"));
    }
}
