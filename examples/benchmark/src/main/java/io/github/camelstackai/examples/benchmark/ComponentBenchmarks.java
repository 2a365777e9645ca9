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

import io.github.camelstackai.StackAiComponent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A run through the component, from the message with the inputs to the message with the output. A stub in the HTTP client
 * answers, so that the time includes the mapping, the JSON and the step to a worker thread, but no network.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ComponentBenchmarks {
    private static final byte[] RESPONSE = Server.RUN.getBytes();

    private final CamelContext context = new DefaultCamelContext();
    private AsyncProducer producer;

    /** Starts the component with the stub. */
    @Setup
    public void start() throws Exception {
        StackAiComponent component = context.getComponent("stackai", StackAiComponent.class);
        component.getConfiguration().setOrgId("org");
        component.getConfiguration().setApiKey("key");
        component.setHttpClientConfigurer(builder ->
                builder.addExecInterceptorFirst("stub", (request, body, scope, chain, callback) -> answer(callback)));
        context.start();
        producer = context.getEndpoint("stackai:run:flow").createAsyncProducer();
        producer.start();
    }

    private static void answer(AsyncExecCallback callback) throws HttpException, IOException {
        AsyncDataConsumer consumer = callback.handleResponse(
                new BasicHttpResponse(200), new BasicEntityDetails(RESPONSE.length, ContentType.APPLICATION_JSON));
        consumer.consume(ByteBuffer.wrap(RESPONSE));
        consumer.streamEnd(null);
        callback.completed();
    }

    /** Stops the component. */
    @TearDown
    public void stop() {
        producer.stop();
        context.stop();
    }

    /** A run with a text as its input. */
    @Benchmark
    public Object runOfText() throws Exception {
        return run(Contender.QUESTION);
    }

    /** A run with a map of two inputs. */
    @Benchmark
    public Object runOfMap() throws Exception {
        return run(Map.of("in-0", Contender.QUESTION, "in-1", 7));
    }

    private Object run(Object inputs) throws Exception {
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.getMessage().setBody(inputs);
        producer.process(exchange);
        if (!Server.ANSWER.equals(exchange.getMessage().getBody())) {
            throw new IllegalStateException("not the answer", exchange.getException());
        }
        return exchange;
    }
}
