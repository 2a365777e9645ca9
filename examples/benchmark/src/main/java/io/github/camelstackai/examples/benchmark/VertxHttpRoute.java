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

import io.vertx.ext.web.client.WebClientOptions;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.vertx.http.VertxHttpComponent;

/** The same route as {@link HttpRoute} with {@code camel-vertx-http}. */
final class VertxHttpRoute extends CamelClient {
    private final String baseUrl;

    VertxHttpRoute(String baseUrl, int connections) {
        this.baseUrl = baseUrl;
        context.getComponent("vertx-http", VertxHttpComponent.class)
                .setWebClientOptions(new WebClientOptions().setMaxPoolSize(connections));
    }

    @Override
    RouteBuilder runRoute(String flow) {
        return HttpRoute.handWired(flow, baseUrl, "vertx-http:http:");
    }

    @Override
    public void stream(String flow, ChunkListener listener) {
        throw new UnsupportedOperationException("camel-vertx-http reads the whole response before it continues");
    }
}
