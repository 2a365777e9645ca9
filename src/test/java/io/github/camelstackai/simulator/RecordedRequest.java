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
import java.util.concurrent.CompletionStage;
import org.apache.hc.core5.http.HttpRequest;

/** A request that the simulator received. Immutable except for {@link #bytesSent()}; thread-safe. */
public final class RecordedRequest {
    private final String method;
    private final RequestTarget target;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;
    private final long bodyLength;
    private final long bodyChecksum;
    private final long connection;
    private final List<String> alpnProtocols;
    private final long arrivedNanos;
    private final ResponseProgress progress;
    private final CompletionStage<Void> over;

    RecordedRequest(
            HttpRequest request,
            RequestContent content,
            ServerConnection connection,
            long arrivedNanos,
            ResponseProgress progress,
            CompletionStage<Void> over) {
        this.method = request.getMethod();
        this.target = RequestTarget.parse(request.getRequestUri());
        this.headers = Arrays.stream(request.getHeaders())
                .map(header -> Map.entry(
                        header.getName(), Optional.ofNullable(header.getValue()).orElse("")))
                .toList();
        this.body = content.start();
        this.bodyLength = content.length();
        this.bodyChecksum = content.checksum();
        this.connection = connection.number();
        this.alpnProtocols = connection.alpnProtocols();
        this.arrivedNanos = arrivedNanos;
        this.progress = progress;
        this.over = over;
    }

    public String method() {
        return method;
    }

    /** The decoded path, without the query. */
    public String path() {
        return target.path();
    }

    /** The request target as received: the path, and the query if there is one. */
    public String rawUri() {
        return target.raw();
    }

    /** The decoded query parameters in their order. If a name occurs twice, the last value counts. Unmodifiable. */
    public Map<String, String> query() {
        return target.query();
    }

    /** The decoded query parameter, or null. */
    public String query(String name) {
        return target.query().get(name);
    }

    /** The headers as received, in their order. Unmodifiable. */
    public List<Map.Entry<String, String>> headers() {
        return headers;
    }

    /** All values of the header, whose name ignores case; empty if there are none. */
    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The first value of the header, whose name ignores case, or null. */
    public String header(String name) {
        return headers(name).stream().findFirst().orElse(null);
    }

    /**
     * A copy of the body, without its transfer coding, up to the first 16 MiB. Empty if there was none or the simulator did not
     * read it.
     */
    public byte[] body() {
        return body.clone();
    }

    /** The number of bytes of the body that the simulator read. */
    public long bodyLength() {
        return bodyLength;
    }

    /** The CRC-32 of these bytes, as {@link java.util.zip.CRC32} computes it. */
    public long bodyChecksum() {
        return bodyChecksum;
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The file in the body, which is a form (RFC 7578) with one file; null if it is none. */
    public RecordedFile file() {
        return MultipartParser.parse(header("Content-Type"), body, bodyLength);
    }

    /**
     * The body as a JSON object.
     *
     * @throws IllegalArgumentException if the body is not exactly one JSON object
     */
    public Map<String, Object> json() {
        return JsonCodec.object(body);
    }

    /** The number of its connection: 1 for the first connection of the simulator. */
    public long connection() {
        return connection;
    }

    /**
     * The protocols that the client offered in the TLS handshake of the connection (ALPN), most preferred first. Empty
     * without TLS and without an offer. The simulator selects {@code http/1.1} or nothing.
     */
    public List<String> alpnProtocols() {
        return alpnProtocols;
    }

    /** The {@link System#nanoTime()} at which the request's head arrived. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** How many bytes of the response, head included and before encryption, the socket has accepted so far. */
    public long bytesSent() {
        return progress.sent();
    }

    /** Completes when the response is complete or cut, or the client has closed the connection. */
    CompletionStage<Void> over() {
        return over;
    }

    RequestTarget target() {
        return target;
    }

    @Override
    public String toString() {
        return method + " " + target.raw();
    }
}
