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
package io.github.camelstackai.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a form with one file (RFC 7578), of whose body the end may be missing. */
final class MultipartParser {
    private static final Pattern BOUNDARY =
            Pattern.compile("multipart/form-data;\\s*boundary=\"?([^\";,\\s]{1,70})\"?");
    private static final Pattern DISPOSITION =
            Pattern.compile("form-data; name=\"([^\"\r\n]*)\"(?:; filename=\"([^\"\r\n]*)\")?");
    private static final String END_OF_HEAD = "\r\n\r\n";

    private MultipartParser() {}

    /**
     * Returns the file; null if the body is no such form.
     *
     * @param contentType of the request; null for none
     * @param body its first bytes
     * @param length of the whole body
     */
    static RecordedFile parse(String contentType, byte[] body, long length) {
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEAD);
        if (!boundary.matches() || end < 0 || !text.startsWith("--" + boundary.group(1) + "\r\n")) {
            return null;
        }
        String tail = "\r\n--" + boundary.group(1) + "--\r\n";
        int start = end + END_OF_HEAD.length();
        boolean complete = body.length == length;
        long size = length - start - tail.length();
        if (size < 0 || (complete && !text.endsWith(tail))) {
            return null;
        }
        byte[] content = Arrays.copyOfRange(body, start, (int) Math.min(start + size, body.length));
        return file(new String(body, 0, end, StandardCharsets.UTF_8), size, content);
    }

    private static RecordedFile file(String head, long size, byte[] content) {
        Matcher disposition = DISPOSITION.matcher(header(head, "Content-Disposition", ""));
        return disposition.matches()
                ? new RecordedFile(
                        disposition.group(1),
                        decoded(disposition.group(2)),
                        header(head, "Content-Type", null),
                        size,
                        content)
                : null;
    }

    /** As servers decode what browsers encode: nothing but quotes and line ends. */
    private static String decoded(String name) {
        return name == null
                ? null
                : name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    }

    private static String header(String head, String name, String missing) {
        return Arrays.stream(head.split("\r\n", -1))
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(missing);
    }
}
