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
package io.github.camelstackai.message;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.converter.stream.CachedOutputStream;
import org.apache.camel.converter.stream.FileInputStreamCache;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.spi.StreamCachingStrategy;
import org.apache.camel.util.FileUtil;
import org.apache.camel.util.IOHelper;
import org.apache.camel.util.ObjectHelper;

/**
 * Content that arrives in parts: in memory up to Camel's spool threshold, beyond it in a temporary file. Camel's
 * {@link CachedOutputStream} writes a file only where the context enables spooling, which is not the default; it is used where
 * the context encrypts what it spools. For one thread at a time.
 */
public final class SpooledContent {
    private static final int BUFFER = 64 * 1024;

    private final StreamCachingStrategy strategy;
    /** Whether a caller reads the content after the exchange is done. */
    private final boolean outlives;

    private OutputStream target;
    private long length;
    /** Null while the content is in memory, or in a file of Camel's. */
    private File file;

    private SpooledContent(Exchange exchange, boolean outlives) {
        this.outlives = outlives;
        strategy = exchange.getContext().getStreamCachingStrategy();
        boolean encrypted = strategy.isSpoolEnabled() && ObjectHelper.isNotEmpty(strategy.getSpoolCipher());
        target = encrypted ? new CachedOutputStream(exchange, !outlives) : new ByteArrayOutputStream();
    }

    /** Content that {@code exchange} sends, and that is deleted with it. */
    static SpooledContent ofRequest(Exchange exchange) {
        return new SpooledContent(exchange, false);
    }

    /**
     * Content that becomes the body of {@code exchange}, and is deleted with it; outside of routes, where a caller reads the body
     * after that, when its stream is closed.
     */
    public static SpooledContent ofResponse(Exchange exchange) {
        return new SpooledContent(exchange, exchange.getFromRouteId() == null); // also known without a unit of work
    }

    public void write(ByteBuffer bytes) throws IOException {
        byte[] part = new byte[bytes.remaining()];
        bytes.get(part);
        length += part.length;
        if (target instanceof ByteArrayOutputStream memory && length > threshold()) {
            file = createFile();
            target = new BufferedOutputStream(Files.newOutputStream(file.toPath()), BUFFER);
            memory.writeTo(target);
        }
        target.write(part);
    }

    /** Reads a stream to its end, which completes the content. */
    void readFrom(InputStream stream) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            write(ByteBuffer.wrap(buffer, 0, read));
        }
        complete();
    }

    private long threshold() {
        return strategy.getSpoolThreshold() > 0 ? strategy.getSpoolThreshold() : StreamCache.DEFAULT_SPOOL_THRESHOLD;
    }

    private File createFile() throws IOException {
        File directory = strategy.getSpoolDirectory();
        return directory == null
                ? Files.createTempFile("stackai", ".tmp").toFile()
                : FileUtil.createTempFile("stackai", ".tmp", directory);
    }

    /** The content is complete. */
    public void complete() throws IOException {
        (target instanceof CachedOutputStream spooled ? spooled.getCurrentStream() : target).close();
    }

    /** Opens the content as the body of {@code exchange}. */
    public InputStream open(Exchange exchange) throws IOException {
        if (outlives && target instanceof CachedOutputStream spooled) {
            return spooled.getWrappedInputStream();
        }
        return outlives && file != null
                ? Files.newInputStream(file.toPath(), StandardOpenOption.DELETE_ON_CLOSE)
                : (InputStream) cache(exchange);
    }

    /** The content, which is deleted when {@code exchange}, and every one that has a copy, is done. */
    StreamCache cache(Exchange exchange) throws IOException {
        if (target instanceof CachedOutputStream spooled) {
            return spooled.newStreamCache();
        }
        return target instanceof ByteArrayOutputStream memory
                ? new InputStreamCache(memory.toByteArray())
                : new FileInputStreamCache(file).copy(exchange);
    }

    /** Deletes the content. */
    public void discard() {
        IOHelper.close(target);
        if (file != null) {
            FileUtil.deleteFile(file);
        }
    }
}
