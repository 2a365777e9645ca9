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

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/** The component, with one of several ways to read streams. */
final class StackAiRoute extends CamelClient {
    /** How a route reads a stream. */
    enum Reading {
        /** A loop over the iterator, in a thread of the route. */
        ITERATOR,
        /** Camel's splitter. */
        SPLIT,
        /** A subscriber, which blocks no thread. */
        PUBLISHER,
        /** A subscriber that the I/O thread serves. */
        IO_THREAD,
        /** A collected stream whose chunks go to a route. */
        CHUNK_URI,
        /** A collected stream. */
        COLLECT
    }

    private static final String LISTENER = "listener";

    private final Reading reading;
    private final Map<String, AsyncProducer> streams = new ConcurrentHashMap<>();

    StackAiRoute(String baseUrl, int connections, Reading reading) {
        this(baseUrl, connections, reading, none -> {});
    }

    /** @param observed what observes the calls of the context */
    StackAiRoute(String baseUrl, int connections, Reading reading, Consumer<CamelContext> observed) {
        this.reading = reading;
        observed.accept(context);
        StackAiComponent component = context.getComponent("stackai", StackAiComponent.class);
        component.getConfiguration().setBaseUrl(baseUrl);
        component.getConfiguration().setOrgId("org");
        component.getConfiguration().setApiKey("key");
        component.setMaxConnections(connections);
    }

    @Override
    RouteBuilder runRoute(String flow) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + flow).to("stackai:run:" + flow);
            }
        };
    }

    @Override
    public void stream(String flow, ChunkListener listener) {
        AsyncProducer producer = streams.computeIfAbsent(flow, this::streamProducer);
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.getMessage().setBody(QUESTION);
        exchange.setProperty(LISTENER, listener);
        producer.process(exchange, doneSync -> opened(exchange, listener));
    }

    private void opened(Exchange exchange, ChunkListener listener) {
        if (exchange.getException() != null) {
            listener.end(exchange.getException());
        } else if (reading == Reading.PUBLISHER) {
            stream(exchange).publisher().subscribe(new ChunkSubscriber(listener));
        } else if (reading == Reading.IO_THREAD) {
            stream(exchange).publisher(Runnable::run).subscribe(new ChunkSubscriber(listener));
        } else if (reading == Reading.COLLECT) {
            collected(exchange.getMessage().getBody(String.class), listener);
        }
    }

    /** A chunk of the server begins with a space; the last one is empty. */
    private static void collected(String text, ChunkListener listener) {
        Arrays.stream(text.split("(?= )")).forEach(listener::chunk);
        listener.chunk("");
        listener.end(null);
    }

    /** A subscriber needs a stream that outlives its exchange: it calls the endpoint without a route. */
    private AsyncProducer streamProducer(String flow) {
        return switch (reading) {
            case PUBLISHER, IO_THREAD -> producer("stackai:stream:" + flow);
            case COLLECT -> producer("stackai:stream:" + flow + "?streamMode=collect");
            case CHUNK_URI ->
                start("stackai:stream:" + flow + "?streamMode=collect&chunkUri=direct:" + flow, chunkRoute(flow));
            default -> start("direct:" + flow, streamRoute(flow));
        };
    }

    private RouteBuilder streamRoute(String flow) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from("direct:" + flow).to("stackai:stream:" + flow);
                if (reading == Reading.SPLIT) {
                    route.split(body()).streaming().process(StackAiRoute::chunk);
                } else {
                    route.process(StackAiRoute::iterate);
                }
            }
        };
    }

    private static RouteBuilder chunkRoute(String flow) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + flow).process(StackAiRoute::chunk);
            }
        };
    }

    private static StackAiStream stream(Exchange exchange) {
        return exchange.getMessage().getBody(StackAiStream.class);
    }

    private static void iterate(Exchange exchange) {
        StackAiStream stream = stream(exchange);
        ChunkListener listener = listener(exchange);
        while (stream.hasNext()) {
            pass(stream.next(), listener);
        }
    }

    private static void chunk(Exchange exchange) {
        pass((StackAiChunk) exchange.getMessage().getBody(), listener(exchange));
    }

    private static ChunkListener listener(Exchange exchange) {
        return exchange.getProperty(LISTENER, ChunkListener.class);
    }

    static void pass(StackAiChunk chunk, ChunkListener listener) {
        listener.chunk(chunk.text());
        if (chunk.isLast()) {
            listener.end(null);
        }
    }
}
