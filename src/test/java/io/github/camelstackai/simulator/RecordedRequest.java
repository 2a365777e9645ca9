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
package io.github.camelstackai.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.HttpRequest;

/** A request as the simulator received it. Immutable, but for {@link #bytesSent()}. */
public final class RecordedRequest {
    private final String method;
    private final RequestTarget target;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final long connection;
    private final long arrivedNanos;
    private final ResponseProgress outflow;

    private RecordedRequest(
            HttpRequest request, byte[] body, long connection, long arrivedNanos, ResponseProgress outflow) {
        this.method = request.getMethod();
        this.target = RequestTarget.parse(request.getRequestUri());
        this.headers = Arrays.stream(request.getHeaders())
                .map(header -> Map.entry(
                        header.getName(), Optional.ofNullable(header.getValue()).orElse("")))
                .toList();
        this.body = body;
        this.connection = connection;
        this.arrivedNanos = arrivedNanos;
        this.outflow = outflow;
    }

    static RecordedRequest of(
            HttpRequest request, byte[] body, long connection, long arrivedNanos, ResponseProgress outflow) {
        return new RecordedRequest(request, body, connection, arrivedNanos, outflow);
    }

    public String method() {
        return method;
    }

    /** The decoded path, without the query. */
    public String path() {
        return target.path();
    }

    /** The request target as it came: the path, and the query if there is one. */
    public String rawUri() {
        return target.raw();
    }

    /** The decoded query parameters in their order; of a name that comes twice, the last value. */
    public Map<String, String> query() {
        return target.query();
    }

    /** The decoded query parameter, or null. */
    public String query(String name) {
        return target.query().get(name);
    }

    /** The headers as they came, in their order. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** All values of the header, whatever the case of its name. */
    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The first value of the header, whatever the case of its name, or null. */
    public String header(String name) {
        return headers(name).stream().findFirst().orElse(null);
    }

    /** The body without its transfer coding; empty when there was none, or it was not read. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body as a JSON object.
     *
     * @throws IllegalArgumentException when it is not one JSON object
     */
    public Map<String, Object> json() {
        return JsonCodec.object(body);
    }

    /** The number of the connection it came on, 1 for the first of the simulator. */
    public long connection() {
        return connection;
    }

    /** The {@link System#nanoTime()} at which its head arrived. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** How many bytes of its response, head included, the socket has taken by now. */
    public long bytesSent() {
        return outflow.sent();
    }

    RequestTarget target() {
        return target;
    }

    @Override
    public String toString() {
        return method + " " + target.raw();
    }
}
