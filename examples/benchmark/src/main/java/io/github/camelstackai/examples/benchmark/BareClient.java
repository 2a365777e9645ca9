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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.io.CloseMode;

/**
 * The HTTP client of the component, with the same settings, and Jackson. Everything runs on the client's own threads. This is
 * the minimum for a program that needs the answer.
 */
final class BareClient implements Contender {
    private final ObjectMapper mapper = new JsonMapper();
    private final CloseableHttpAsyncClient client;
    private final String baseUrl;

    BareClient(String baseUrl, int connections) {
        this.baseUrl = baseUrl;
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(10, TimeUnit.MINUTES)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .build();
        client.start();
    }

    @Override
    public void run(String flow, Consumer<Object> done) {
        client.execute(
                SimpleRequestProducer.create(request("run", flow)),
                SimpleResponseConsumer.create(),
                new FutureCallback<>() {
                    @Override
                    public void completed(SimpleHttpResponse response) {
                        done.accept(output(response));
                    }

                    @Override
                    public void failed(Exception cause) {
                        done.accept(cause);
                    }

                    @Override
                    public void cancelled() {
                        done.accept(new IOException("cancelled"));
                    }
                });
    }

    @Override
    public void stream(String flow, ChunkListener listener) {
        client.execute(SimpleRequestProducer.create(request("stream", flow)), new BareStream(mapper, listener), null);
    }

    private Object output(SimpleHttpResponse response) {
        try {
            Map<?, ?> answer = mapper.readValue(response.getBodyBytes(), Map.class);
            return ((Map<?, ?>) answer.get("outputs")).get("out-0");
        } catch (IOException e) {
            return e;
        }
    }

    private SimpleHttpRequest request(String operation, String flow) {
        SimpleHttpRequest request = SimpleHttpRequest.create(
                Method.POST, URI.create(baseUrl + "/inference/v0/" + operation + "/org/" + flow));
        request.setHeader("Authorization", "Bearer key");
        request.setHeader("Accept", "application/json");
        request.setBody(json(Map.of("in-0", QUESTION)), ContentType.APPLICATION_JSON);
        return request;
    }

    private byte[] json(Map<String, String> inputs) {
        try {
            return mapper.writeValueAsBytes(inputs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
