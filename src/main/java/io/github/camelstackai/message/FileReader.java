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

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/**
 * Reads the file that a message carries as its body, as it is. A file on disk is read when it is sent; a body that can be read once
 * is first copied, beyond Camel's spool threshold to a temporary file. Thread-safe.
 */
public final class FileReader {
    private final FileNameReader names;

    /** @param fileName where the message names no file; null for none */
    public FileReader(String fileName) {
        this.names = new FileNameReader(fileName);
    }

    /** Of one body: its length, and how it is opened. */
    private record Content(long length, FileContent.Source source) {}

    /**
     * The file, its name and its type.
     *
     * @throws IllegalArgumentException naming what to change, if there is no file, no name, or one that cannot be sent
     * @throws InvalidPayloadException if Camel cannot read the body as bytes
     */
    public FileContent read(Exchange exchange) throws InvalidPayloadException {
        Object body = exchange.getMessage().getBody();
        if (body == null) {
            throw new IllegalArgumentException(
                    "No file to upload: set the body to a file, a stream, bytes or text; nothing was sent");
        }
        String name = names.ofUpload(exchange, body);
        String type = MediaTypeReader.read(exchange, name);
        try {
            Content content = content(body, exchange);
            return new FileContent(name, type, content.length(), content.source());
        } catch (IOException | RuntimeCamelException e) { // unwrapped, it would be taken for a failure of the call
            throw new IllegalArgumentException("The body cannot be read as a file, nothing was sent: " + e, e);
        }
    }

    private static Content content(Object body, Exchange exchange) throws IOException, InvalidPayloadException {
        if (body instanceof WrappedFile<?> file) {
            Object inner = file.getBody() == null ? file.getFile() : file.getBody();
            return isDirect(inner) ? content(inner, exchange) : cached(file, exchange);
        }
        if (body instanceof File file) {
            return file(file.toPath());
        }
        if (body instanceof Path path) {
            return file(path);
        }
        if (body instanceof byte[] bytes) {
            return bytes(bytes);
        }
        if (body instanceof ByteBuffer buffer) {
            byte[] remaining = new byte[buffer.remaining()];
            buffer.duplicate().get(remaining);
            return bytes(remaining);
        }
        return body instanceof StreamCache cache && body instanceof InputStream
                ? cache(cache, exchange)
                : cached(body, exchange);
    }

    /** Whether the content of a {@link WrappedFile} is read by itself; that of a remote one is fetched by its component. */
    private static boolean isDirect(Object content) {
        return content instanceof File
                || content instanceof Path
                || content instanceof byte[]
                || content instanceof InputStream;
    }

    private static Content file(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("The body is the file " + file
                    + ", which does not exist, cannot be read, or is a directory; nothing was sent");
        }
        return new Content(Files.size(file), () -> Files.newInputStream(file));
    }

    private static Content bytes(byte[] bytes) {
        return new Content(bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    /**
     * The whole of a stream cache, wherever it has been read to. Copies share the content and not the position; the first one of
     * some caches reads them, and so is made here.
     */
    private static Content cache(StreamCache cache, Exchange exchange) throws IOException {
        cache.reset();
        Exchange owner = CallResources.owner(exchange);
        StreamCache whole = cache.copy(owner);
        FileContent.Source source = () -> (InputStream) whole.copy(owner);
        boolean encrypted =
                exchange.getContext().getStreamCachingStrategy().getSpoolCipher() != null && !cache.inMemory();
        boolean known = cache.length() > 0 && !encrypted; // 0 also means unknown
        return new Content(known ? cache.length() : count(source), source);
    }

    private static long count(FileContent.Source source) throws IOException {
        try (InputStream content = source.open()) {
            return content.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** A body that can be read once is read once: a redelivery finds what was read. */
    private static Content cached(Object body, Exchange exchange) throws IOException, InvalidPayloadException {
        return cache((StreamCache) OneTimeValues.read(exchange, body, () -> copy(body, exchange)), exchange);
    }

    private static StreamCache copy(Object body, Exchange exchange) throws InvalidPayloadException {
        Exchange owner = CallResources.owner(exchange);
        SpooledContent copy = SpooledContent.ofRequest(owner);
        try (InputStream content = TextReader.convert(InputStream.class, body, exchange)) {
            copy.readFrom(content);
            return copy.cache(owner);
        } catch (IOException e) { // unwrapped, it would be taken for a failure of the call
            copy.discard();
            throw new IllegalArgumentException("The body is a stream that cannot be read, nothing was sent: " + e, e);
        } catch (Throwable e) { // also an Error
            copy.discard();
            throw e;
        } finally {
            reset(body);
        }
    }

    private static void reset(Object body) {
        if (body instanceof StreamCache cache) {
            cache.reset();
        }
    }
}
