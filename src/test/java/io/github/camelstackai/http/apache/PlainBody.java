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
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/** Zeros as the content of a request, whose length may differ from the one that it announces. */
final class PlainBody implements AsyncEntityProducer {
    private static final int MAX_PIECE = 32 * 1024;

    private final long announced;
    private final long length;
    private final AtomicLong accepted = new AtomicLong();

    PlainBody(long announced, long length) {
        this.announced = announced;
        this.length = length;
    }

    /** The bytes that the connection has accepted. */
    long accepted() {
        return accepted.get();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(MAX_PIECE, length - accepted.get()));
        accepted.addAndGet(channel.write(piece));
        if (accepted.get() >= Math.min(announced, length)) {
            channel.endStream();
        }
    }

    @Override
    public int available() {
        return Integer.MAX_VALUE;
    }

    @Override
    public long getContentLength() {
        return announced;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public String getContentType() {
        return null;
    }

    @Override
    public String getContentEncoding() {
        return null;
    }

    @Override
    public boolean isChunked() {
        return false;
    }

    @Override
    public Set<String> getTrailerNames() {
        return Set.of();
    }

    @Override
    public void failed(Exception cause) {
        // the future of the call has the failure
    }

    @Override
    public void releaseResources() {
        // holds none
    }
}
