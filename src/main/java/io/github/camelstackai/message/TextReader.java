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

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.ExchangeHelper;
import org.w3c.dom.Node;

/** Reads bodies that are text, or bytes of text. */
final class TextReader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\"';\\s]+)", Pattern.CASE_INSENSITIVE);

    private static final List<Class<?>> TYPES = List.of(
            byte[].class,
            InputStream.class,
            ByteBuffer.class,
            StreamCache.class,
            WrappedFile.class,
            File.class,
            Path.class,
            Reader.class,
            Source.class,
            Node.class,
            StackAiChunk.class,
            StackAiStream.class);

    private TextReader() {}

    static boolean isText(Object value) {
        return value instanceof CharSequence || value instanceof char[] || (value != null && reads(value.getClass()));
    }

    /** Whether values of a type are read as text here, and not written by Jackson. */
    static boolean reads(Class<?> type) {
        return TYPES.stream().anyMatch(known -> known.isAssignableFrom(type));
    }

    private static boolean isBytes(Object value) {
        return value instanceof byte[]
                || value instanceof InputStream
                || value instanceof ByteBuffer
                || value instanceof StreamCache
                || value instanceof WrappedFile
                || value instanceof File
                || value instanceof Path;
    }

    /** Whether reading the value exhausts it. */
    private static boolean isReadOnce(Object value) {
        if (value instanceof WrappedFile<?> file) {
            return isReadOnce(content(file));
        }
        return !(value instanceof StreamCache)
                && (value instanceof InputStream
                        || value instanceof Reader
                        || value instanceof StreamSource
                        || value instanceof StackAiStream);
    }

    /**
     * The text, without a byte order mark. What can be read once is read once: a redelivery gets the same text again.
     *
     * @param name of the value in messages
     * @throws IllegalArgumentException if bytes cannot be read, or are not text in the exchange's charset
     * @throws InvalidPayloadException if Camel cannot read the value
     * @throws io.github.camelstackai.StackAiStreamException if the value is a stream of another run, which broke
     */
    static String read(Object value, String name, Exchange exchange) throws InvalidPayloadException {
        return isReadOnce(value)
                ? (String) OneTimeValues.read(exchange, value, () -> text(value, name, exchange))
                : text(value, name, exchange);
    }

    private static String text(Object value, String name, Exchange exchange) throws InvalidPayloadException {
        String text;
        try {
            text = isBytes(value) && !(value instanceof Reader) && !(value instanceof Source)
                    ? decode(bytes(value, name, exchange), name, charset(exchange))
                    : convert(String.class, value, exchange);
        } finally {
            if (value instanceof StreamCache cache) {
                cache.reset();
            }
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static byte[] bytes(Object value, String name, Exchange exchange) throws InvalidPayloadException {
        if (value instanceof byte[] array) {
            return array;
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] remaining = new byte[buffer.remaining()];
            buffer.duplicate().get(remaining);
            return remaining;
        }
        if (value instanceof File file) {
            return bytes(file.toPath(), name);
        }
        if (value instanceof Path path) {
            return bytes(path, name);
        }
        if (value instanceof WrappedFile<?> file && isBytes(content(file))) {
            return bytes(content(file), name, exchange);
        }
        try (InputStream stream = convert(InputStream.class, value, exchange)) {
            return stream.readAllBytes();
        } catch (IOException e) { // unwrapped, it would be taken for a failure of the call
            throw new IllegalArgumentException(name + " is a stream that cannot be read, nothing was sent: " + e, e);
        }
    }

    private static byte[] bytes(Path file, String name) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(name + " is the file " + file + ", which cannot be read: " + e, e);
        }
    }

    static <T> T convert(Class<T> type, Object value, Exchange exchange) throws InvalidPayloadException {
        if (value instanceof StackAiStream stream && type == String.class) {
            return type.cast(stream.text());
        }
        Throwable cause = null;
        try {
            Object converted = exchange.getContext().getTypeConverter().convertTo(type, exchange, value);
            if (type.isInstance(converted)) { // Camel returns some files as they are
                return type.cast(converted);
            }
        } catch (TypeConversionException e) {
            cause = e.getCause() == null ? e : e.getCause();
        }
        throw cause == null
                ? new InvalidPayloadException(exchange, type, exchange.getMessage())
                : new InvalidPayloadException(exchange, type, exchange.getMessage(), cause);
    }

    private static Object content(WrappedFile<?> file) {
        return file.getBody() == null ? file.getFile() : file.getBody();
    }

    /** The charset of the exchange; else that of the Content-Type; else Camel's default. */
    private static Charset charset(Exchange exchange) {
        String name = ExchangeHelper.getCharsetName(exchange, false);
        if (name == null) {
            name = charsetOf(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class));
        }
        try {
            return name == null ? ExchangeHelper.getCharset(exchange) : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Exchange.CHARSET_NAME + " or the header Content-Type names no charset: " + e.getMessage(), e);
        }
    }

    private static String charsetOf(String contentType) {
        Matcher parameter = contentType == null ? null : CHARSET.matcher(contentType);
        return parameter != null && parameter.find() ? parameter.group(1) : null;
    }

    private static String decode(byte[] bytes, String name, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    name + " is not text in " + charset + "; set the exchange property " + Exchange.CHARSET_NAME
                            + " to its charset, or encode binary content, as Base64 for example",
                    e);
        }
    }
}
