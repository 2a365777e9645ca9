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
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.ContentDecoder;

/**
 * Delivers what arrived together with the break of a body before it reports the break. The chunk decoder of HttpCore 5.3 throws,
 * and the bytes that it has decoded in the same step are lost. Used by the connection's I/O thread.
 */
final class BrokenBodyDecoder implements ContentDecoder {
    private final ContentDecoder decoder;
    /** Thrown by the next read; null for none. */
    private IOException broken;

    BrokenBodyDecoder(ContentDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (broken != null) {
            throw broken;
        }
        int start = target.position();
        try {
            return decoder.read(target);
        } catch (IOException e) {
            if (target.position() == start) {
                throw e;
            }
            broken = e;
            return target.position() - start;
        }
    }

    /** Whether the next read reports a break. */
    boolean isBroken() {
        return broken != null;
    }

    /** A decoder may count as completed once it has failed. */
    @Override
    public boolean isCompleted() {
        return broken == null && decoder.isCompleted();
    }

    @Override
    public List<? extends Header> getTrailers() {
        return decoder.getTrailers();
    }
}
