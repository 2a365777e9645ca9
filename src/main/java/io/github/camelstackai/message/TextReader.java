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
import javax.xml.transform.Source;
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

    private TextReader() {}

    static boolean isText(Object body) {
        return isBytes(body)
                || body instanceof CharSequence
                || body instanceof char[]
                || body instanceof Reader
                || body instanceof Source
                || body instanceof Node
                || body instanceof StackAiChunk
                || body instanceof StackAiStream;
    }

    private static boolean isBytes(Object body) {
        return body instanceof byte[]
                || body instanceof InputStream
                || body instanceof ByteBuffer
                || body instanceof StreamCache
                || body instanceof WrappedFile
                || body instanceof File
                || body instanceof Path;
    }

    /**
     * The text, without a byte order mark.
     *
     * @throws IllegalArgumentException if bytes cannot be read, or are not text in the exchange's charset
     * @throws InvalidPayloadException if Camel cannot read the body
     * @throws io.github.camelstackai.StackAiStreamException if the body is a stream of another run, which broke
     */
    static String read(Object body, Exchange exchange) throws InvalidPayloadException {
        String text = isBytes(body) && !(body instanceof Reader) && !(body instanceof Source)
                ? decode(bytes(body, exchange), charset(exchange))
                : convert(String.class, body, exchange);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static byte[] bytes(Object body, Exchange exchange) throws InvalidPayloadException {
        if (body instanceof byte[] array) {
            return array;
        }
        if (body instanceof File file) {
            return bytes(file.toPath());
        }
        if (body instanceof Path path) {
            return bytes(path);
        }
        if (body instanceof WrappedFile<?> file && isBytes(content(file))) {
            return bytes(content(file), exchange);
        }
        try (InputStream stream = convert(InputStream.class, body, exchange)) {
            return stream.readAllBytes();
        } catch (IOException e) { // unwrapped, it would be taken for a failure of the call
            throw new IllegalArgumentException("The body is a stream that cannot be read, nothing was sent: " + e, e);
        }
    }

    private static <T> T convert(Class<T> type, Object body, Exchange exchange) throws InvalidPayloadException {
        if (body instanceof StackAiStream stream && type == String.class) {
            return type.cast(stream.text());
        }
        Throwable cause = null;
        try {
            T converted = exchange.getContext().getTypeConverter().convertTo(type, exchange, body);
            if (converted != null) {
                return converted;
            }
        } catch (TypeConversionException e) {
            cause = e.getCause() == null ? e : e.getCause();
        }
        throw new InvalidPayloadException(exchange, type, exchange.getMessage(), cause);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("The body is the file " + file + ", which cannot be read: " + e, e);
        }
    }

    private static Object content(WrappedFile<?> file) {
        return file.getBody() == null ? file.getFile() : file.getBody();
    }

    private static Charset charset(Exchange exchange) {
        try {
            return ExchangeHelper.getCharset(exchange);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Exchange.CHARSET_NAME + " names no charset: " + e.getMessage(), e);
        }
    }

    private static String decode(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "The body is not text in " + charset + "; set the exchange property " + Exchange.CHARSET_NAME
                            + " to its charset, or encode binary content, as Base64 for example",
                    e);
        }
    }
}
