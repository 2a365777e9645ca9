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
package io.github.camelstackai.http.apache;

import java.io.IOException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.nio.NHttpMessageParser;
import org.apache.hc.core5.http.nio.NHttpMessageWriter;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.apache.hc.core5.http.nio.SessionOutputBuffer;

/**
 * Ends a connection that receives bytes no request asked for. HttpCore 5.3 keeps such bytes, and takes them for the response to the
 * next request. Used by the connection's I/O thread.
 */
final class UnrequestedBytesGuard {
    private final NHttpMessageParser<HttpResponse> parser;
    private final NHttpMessageWriter<HttpRequest> writer;
    private final Runnable detected;
    /** Requests whose final response head has not arrived. */
    private int awaited;

    /** @param detected runs before the connection ends */
    UnrequestedBytesGuard(
            NHttpMessageParser<HttpResponse> parser, NHttpMessageWriter<HttpRequest> writer, Runnable detected) {
        this.parser = parser;
        this.writer = writer;
        this.detected = detected;
    }

    NHttpMessageWriter<HttpRequest> writer() {
        return new NHttpMessageWriter<>() {
            @Override
            public void write(HttpRequest request, SessionOutputBuffer buffer) throws IOException, HttpException {
                writer.write(request, buffer);
                awaited++;
            }

            @Override
            public void reset() {
                writer.reset();
            }
        };
    }

    NHttpMessageParser<HttpResponse> parser() {
        return new NHttpMessageParser<>() {
            @Override
            public HttpResponse parse(SessionInputBuffer buffer, boolean endOfStream)
                    throws IOException, HttpException {
                if (awaited == 0 && buffer.hasData()) {
                    detected.run();
                    throw new ConnectionClosedException("bytes arrived that no request asked for");
                }
                HttpResponse head = parser.parse(buffer, endOfStream);
                if (head != null && head.getCode() >= HttpStatus.SC_OK) {
                    awaited--;
                }
                return head;
            }

            @Override
            public void reset() {
                parser.reset();
            }
        };
    }
}
