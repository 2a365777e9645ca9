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
package io.github.camelstackai.protocol;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A form with one file (RFC 7578), without the file: what comes before it and after it. Names are written as browsers do: in UTF-8,
 * with percent-encoding for what would end them. Immutable if the arrays are not modified.
 *
 * @param contentType of the form, with its boundary
 */
public record MultipartForm(String contentType, byte[] head, byte[] tail) {
    private static final String FIELD = "file";

    /**
     * Creates a form with a boundary of its own, which no file contains but by an accident of 2^-122.
     *
     * @param fileName in any script
     * @param fileType a media type in printable ASCII
     */
    public static MultipartForm of(String fileName, String fileType) {
        String boundary = "camel-stackai-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + FIELD + "\"; filename=\""
                + quoted(fileName) + "\"\r\nContent-Type: " + fileType + "\r\n\r\n";
        return new MultipartForm(
                "multipart/form-data; boundary=" + boundary, utf8(head), utf8("\r\n--" + boundary + "--\r\n"));
    }

    /** Browsers encode quotes and line ends so; other control characters are as unwelcome in a header. */
    private static String quoted(String name) {
        StringBuilder quoted = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"' || c < ' ' || c == '\u007F') {
                quoted.append("%%%02X".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
