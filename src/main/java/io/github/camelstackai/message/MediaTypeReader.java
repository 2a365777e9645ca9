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

import io.github.camelstackai.StackAiConstants;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.util.MimeTypeHelper;
import org.apache.camel.util.ObjectHelper;

/** Reads the media type of the file that a message carries. */
final class MediaTypeReader {
    private static final String UNKNOWN = "application/octet-stream";
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+([ \\t]*;[ -~]*)?");

    private MediaTypeReader() {}

    /**
     * That of the header {@code CamelFileContentType} or {@code Content-Type}, else by the ending of the name.
     *
     * @throws IllegalArgumentException naming the header whose value is no media type
     */
    static String read(Exchange exchange, String fileName) {
        return Stream.of(StackAiConstants.FILE_CONTENT_TYPE, Exchange.CONTENT_TYPE)
                .filter(header -> ObjectHelper.isNotEmpty(exchange.getMessage().getHeader(header)))
                .findFirst()
                .map(header -> checked(header, MessageHeaders.get(exchange, header, String.class)))
                .orElseGet(() -> byName(fileName));
    }

    private static String checked(String header, String type) {
        if (!MEDIA_TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("The header " + header
                    + " is no media type such as application/pdf: correct or remove it; nothing was sent");
        }
        return type;
    }

    private static String byName(String fileName) {
        String known = MimeTypeHelper.probeMimeType(fileName);
        return known == null ? UNKNOWN : known;
    }
}
