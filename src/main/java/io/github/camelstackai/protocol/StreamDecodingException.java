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

import java.io.IOException;

/** A stream that is not what the service promised. Its message shows the beginning of what came, made printable. */
public final class StreamDecodingException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS = 200;
    private static final int LONGEST_CHARACTER = 4;

    /** What is wrong with the stream. */
    public enum Reason {
        /** Neither a JSON object nor a field of server-sent events. */
        MALFORMED,
        /** A frame of more bytes than allowed. */
        TOO_LARGE
    }

    private final Reason reason;

    private StreamDecodingException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static StreamDecodingException malformed(String expected, Slice came, Throwable cause) {
        String message = "Expected " + expected + " in the stream, but got: " + shown(came);
        return new StreamDecodingException(Reason.MALFORMED, message, cause);
    }

    static StreamDecodingException tooLarge(int limit) {
        String message = "A frame of the stream is larger than the " + limit + " bytes allowed";
        return new StreamDecodingException(Reason.TOO_LARGE, message, null);
    }

    /** What is wrong with the stream, never null. */
    public Reason reason() {
        return reason;
    }

    private static String shown(Slice came) {
        StringBuilder shown = new StringBuilder(SHOWN_CHARACTERS);
        came.head(SHOWN_CHARACTERS * LONGEST_CHARACTER)
                .text()
                .codePoints()
                .takeWhile(character -> shown.length() + Character.charCount(character) <= SHOWN_CHARACTERS)
                .forEach(character -> shown.appendCodePoint(isPrintable(character) ? character : ' '));
        return shown.toString();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
