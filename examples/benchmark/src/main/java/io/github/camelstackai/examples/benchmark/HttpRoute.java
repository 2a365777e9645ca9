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
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;

/** A handwritten route of {@code camel-http} and {@code camel-jackson}. */
final class HttpRoute extends CamelClient {
    private final String baseUrl;

    HttpRoute(String baseUrl, int connections) {
        this.baseUrl = baseUrl;
        HttpComponent http = context.getComponent("http", HttpComponent.class);
        http.setMaxTotalConnections(connections);
        http.setConnectionsPerRoute(connections);
    }

    @Override
    RouteBuilder runRoute(String flow) {
        return handWired(flow, baseUrl, "http:");
    }

    /** @param scheme of the HTTP component, such as {@code vertx-http:http:} */
    static RouteBuilder handWired(String flow, String baseUrl, String scheme) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + flow)
                        .setBody(
                                exchange -> Map.of("in-0", exchange.getMessage().getBody(String.class)))
                        .marshal()
                        .json()
                        .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                        .setHeader("Authorization", constant("Bearer key"))
                        .to(scheme + baseUrl.substring("http:".length()) + "/inference/v0/run/org/" + flow)
                        .unmarshal()
                        .json(Map.class)
                        .setBody(exchange -> output(exchange.getMessage().getBody(Map.class)));
            }
        };
    }

    private static Object output(Map<?, ?> answer) {
        return ((Map<?, ?>) answer.get("outputs")).get("out-0");
    }

    @Override
    public boolean blocks() {
        return true;
    }

    @Override
    public void stream(String flow, ChunkListener listener) {
        throw new UnsupportedOperationException("camel-http reads the whole response before it continues");
    }
}
