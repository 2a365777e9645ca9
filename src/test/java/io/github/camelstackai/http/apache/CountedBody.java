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

import io.github.camelstackai.http.RequestBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Content that counts how often it is open. */
final class CountedBody implements RequestBody {
    private final RequestBody body;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicLong read = new AtomicLong();

    CountedBody(RequestBody body) {
        this.body = body;
    }

    /** Zeros of any length, which take no memory. */
    static CountedBody zeros(long length) {
        return announced(length, length);
    }

    /** Zeros of another length than it says. */
    static CountedBody announced(long announced, long length) {
        return new CountedBody(new Zeros(announced, length));
    }

    private record Zeros(long length, long actual) implements RequestBody {
        @Override
        public InputStream open() {
            return new InputStream() {
                private long left = actual;

                @Override
                public int read() {
                    return left-- > 0 ? 0 : -1;
                }

                @Override
                public int read(byte[] target, int offset, int count) {
                    int read = (int) Math.min(count, left);
                    left -= read;
                    return read > 0 || count == 0 ? read : -1;
                }
            };
        }
    }

    @Override
    public long length() {
        return body.length();
    }

    @Override
    public InputStream open() throws IOException {
        InputStream content = body.open();
        open.incrementAndGet();
        opened.incrementAndGet();
        return new FilterInputStream(content) {
            @Override
            public int read(byte[] target, int offset, int count) throws IOException {
                int bytes = super.read(target, offset, count);
                read.addAndGet(Math.max(bytes, 0));
                return bytes;
            }

            @Override
            public void close() throws IOException {
                super.close();
                open.decrementAndGet();
            }
        };
    }

    /** How many streams are open. */
    int stillOpen() {
        return open.get();
    }

    /** How many bytes were read, over all streams. */
    long bytesRead() {
        return read.get();
    }

    /** How many streams were opened. */
    int opened() {
        return opened.get();
    }
}
