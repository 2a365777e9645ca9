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
package io.github.camelstackai;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import org.apache.camel.Converter;

/** Camel's type converters for {@link StackAiChunk} and {@link StackAiStream}. */
@Converter(generateLoader = true)
public final class StackAiConverters {
    private StackAiConverters() {}

    /** Returns the text of the chunk. */
    @Converter
    public static String toString(StackAiChunk chunk) {
        return chunk.text();
    }

    /** Returns the text of the chunk in UTF-8. */
    @Converter
    public static byte[] toBytes(StackAiChunk chunk) {
        return chunk.text().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the text of the chunk in UTF-8. */
    @Converter
    public static InputStream toInputStream(StackAiChunk chunk) {
        return new ByteArrayInputStream(toBytes(chunk));
    }

    /**
     * Returns the whole text; blocks until the answer is complete. See {@link StackAiStream#text}.
     *
     * @throws StackAiStreamException if the stream breaks
     */
    @Converter
    public static String toString(StackAiStream stream) {
        return stream.text();
    }

    /** Returns the text in UTF-8 as it arrives; see {@link StackAiStream#inputStream}. */
    @Converter
    public static InputStream toInputStream(StackAiStream stream) {
        return stream.inputStream();
    }

    /** Returns the chunks for one subscriber; see {@link StackAiStream#publisher}. */
    @Converter
    public static Flow.Publisher<StackAiChunk> toPublisher(StackAiStream stream) {
        return stream.publisher();
    }
}
