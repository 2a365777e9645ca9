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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Calls through Camel routes. The route of a flow starts with its first call. */
abstract class CamelClient implements Contender {
    final CamelContext context = new DefaultCamelContext();
    private final Map<String, AsyncProducer> routes = new ConcurrentHashMap<>();

    /** Returns the route from {@code direct:flow}, which sets the output as the body. */
    abstract RouteBuilder runRoute(String flow);

    @Override
    public final void run(String flow, Consumer<Object> done) {
        AsyncProducer route = routes.computeIfAbsent(flow, name -> start("direct:" + name, runRoute(name)));
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(QUESTION);
        route.process(
                exchange,
                doneSync -> done.accept(
                        exchange.getException() == null ? exchange.getMessage().getBody() : exchange.getException()));
    }

    final AsyncProducer start(String uri, RouteBuilder routes) {
        try {
            context.addRoutes(routes);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return producer(uri);
    }

    final AsyncProducer producer(String uri) {
        try {
            context.start();
            AsyncProducer producer = context.getEndpoint(uri).createAsyncProducer();
            producer.start();
            return producer;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
