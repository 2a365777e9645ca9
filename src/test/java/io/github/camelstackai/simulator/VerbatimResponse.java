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

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseWriter;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.NHttpMessageWriter;
import org.apache.hc.core5.http.nio.SessionOutputBuffer;

/** A response whose head HttpCore writes exactly as the reply has it. */
final class VerbatimResponse extends BasicHttpResponse {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;

    /**
     * @param raw whether no head is written
     */
    VerbatimResponse(ReplyHead head, boolean raw) {
        super(head.status());
        this.bytes = raw ? new byte[0] : head.bytes();
        head.headers().forEach(header -> addHeader(header.getKey(), header.getValue()));
    }

    int length() {
        return bytes.length;
    }

    /** Writes responses of this class verbatim and those of HttpCore (100, 400) as HttpCore does. */
    static NHttpMessageWriter<HttpResponse> writer() {
        NHttpMessageWriter<HttpResponse> standard = new DefaultHttpResponseWriter<>();
        return new NHttpMessageWriter<>() {
            @Override
            public void reset() {
                standard.reset();
            }

            @Override
            public void write(HttpResponse response, SessionOutputBuffer buffer) throws IOException, HttpException {
                if (response instanceof VerbatimResponse verbatim) {
                    buffer.write(ByteBuffer.wrap(verbatim.bytes));
                } else {
                    standard.write(response, buffer);
                }
            }
        };
    }
}
