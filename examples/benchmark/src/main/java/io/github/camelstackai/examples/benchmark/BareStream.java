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

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;

/** Splits a streamed answer at line feeds and parses each line, without any checks. */
final class BareStream extends AbstractBinResponseConsumer<Void> {
    private final ObjectMapper mapper;
    private final Contender.ChunkListener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    BareStream(ObjectMapper mapper, Contender.ChunkListener listener) {
        this.mapper = mapper;
        this.listener = listener;
    }

    @Override
    protected void start(HttpResponse response, ContentType contentType) {
        // the server always answers with a stream
    }

    @Override
    protected int capacityIncrement() {
        return Integer.MAX_VALUE;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean endOfStream) throws IOException {
        byte[] part = bytes.array();
        int end = bytes.arrayOffset() + bytes.limit();
        int start = bytes.arrayOffset() + bytes.position();
        for (int index = start; index < end; index++) {
            if (part[index] == '\n') {
                line(part, start, index - start);
                start = index + 1;
            }
        }
        line.write(part, start, end - start);
        bytes.position(bytes.limit());
    }

    private void line(byte[] part, int start, int length) throws IOException {
        if (line.size() == 0) {
            parse(part, start, length);
        } else {
            line.write(part, start, length);
            parse(line.toByteArray(), 0, line.size());
            line.reset();
        }
    }

    private void parse(byte[] bytes, int start, int length) throws IOException {
        Map<?, ?> frame = mapper.readValue(bytes, start, length, Map.class);
        Object text = ((Map<?, ?>) frame.get("outputs")).get("out-0");
        listener.chunk(text == null ? "" : (String) text);
        if ("COMPLETED".equals(frame.get("state"))) {
            listener.end(null);
        }
    }

    @Override
    protected Void buildResult() {
        return null;
    }

    @Override
    public void failed(Exception cause) {
        listener.end(cause);
    }

    @Override
    public void releaseResources() {
        line.reset();
    }
}
