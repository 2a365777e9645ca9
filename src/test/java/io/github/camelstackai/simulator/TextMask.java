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

import java.util.regex.Pattern;

/**
 * Masks texts and numbers, so that JSON, JSON Lines and events still parse: letters become {@code x}, digits {@code 1}. Works on
 * bytes in ISO 8859-1, and keeps their number.
 */
final class TextMask {
    /** Words of the protocol, UUIDs, times, and values of JSON in a text. */
    private static final Pattern KEPT = Pattern.compile(
            "PENDING|PAUSED|RESUMED|COMPLETED|FAILED|CANCELLED|stream_complete"
                    + "|Stream completed successfully|keepalive|ping|resource|parsed|indexed|pending|pending_delete|deleted|error"
                    + "|\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}|\\d{4}-\\d\\d-\\d\\d([T ][\\d:.]+(Z|[+-][\\d:]+)?)?");

    private static final Pattern LITERAL = Pattern.compile("true|false|null|True|False|None|NaN|json");
    private static final Pattern JSON =
            Pattern.compile("(\\xEF\\xBB\\xBF)?\\s*+(\\{|\\[|\"|:|data:|event:|id:|retry:)");
    private static final Pattern BEFORE_VALUE = Pattern.compile("\\s*+:");
    private static final Pattern EMBEDDED_NAME = Pattern.compile("[\\w .-]{1,64}+\\\\\"\\s{0,2}:");
    /** How a text begins that is JSON, or a fenced block. */
    private static final Pattern EMBEDDED = Pattern.compile("(?:\\s|\\\\[nrt])*+(?:\\{|\\[|```)");
    /** Words outside texts: literals of JSON, and fields of events with their known values. */
    private static final Pattern STRUCTURE = Pattern.compile("true|false|null|NaN|Infinity|[eE]|data|event|id|retry"
            + "|message|ping|error|usage|keepalive|stream_complete|DONE");

    private static final String ESCAPED_X = "0078";

    private final String in;
    private final StringBuilder out;
    private int at;

    private TextMask(String in) {
        this.in = in;
        this.out = new StringBuilder(in.length());
    }

    /**
     * @param body JSON in any framing, or any other text or bytes
     */
    static String body(String body) {
        return JSON.matcher(body).lookingAt() ? new TextMask(body).json() : text(body);
    }

    static String text(String text) {
        return KEPT.matcher(text).matches() ? text : new TextMask(text).text(text.length());
    }

    private String json() {
        while (at < in.length()) {
            char next = in.charAt(at);
            if (next == '"') {
                string();
            } else if (isLetter(next) || next == '_') {
                word(in.length(), STRUCTURE);
            } else {
                out.append(isDigit(next) ? '1' : next);
                at++;
            }
        }
        return out.toString();
    }

    private void string() {
        keep(1);
        int end = at;
        while (end < in.length() && in.charAt(end) != '"') {
            end += in.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, in.length());
        boolean name = BEFORE_VALUE
                .matcher(in)
                .region(Math.min(end + 1, in.length()), in.length())
                .lookingAt();
        if (name || KEPT.matcher(in).region(at, end).matches()) {
            keep(end - at);
        } else {
            text(end);
        }
        keep(Math.min(1, in.length() - end));
    }

    private String text(int end) {
        boolean embedded = EMBEDDED.matcher(in).region(at, end).lookingAt();
        while (at < end) {
            char next = in.charAt(at);
            if (next == '\\') {
                escape(end, embedded);
            } else if (isLetter(next)) {
                word(end, LITERAL);
            } else {
                out.append(isDigit(next) ? '1' : next);
                at++;
            }
        }
        return out.toString();
    }

    /** Keeps the letter of an escape, also of one in JSON that is a text in JSON, and the names of fields if it is. */
    private void escape(int end, boolean embedded) {
        while (at < end && in.charAt(at) == '\\') {
            keep(1);
        }
        char escaped = at < end ? in.charAt(at) : 0;
        keep(Math.min(1, end - at));
        if (escaped == 'u' && end - at >= ESCAPED_X.length()) {
            out.append(ESCAPED_X);
            at += ESCAPED_X.length();
        } else if (embedded
                && escaped == '"'
                && EMBEDDED_NAME.matcher(in).region(at, end).lookingAt()) {
            keep(in.indexOf('\\', at) - at);
        }
    }

    private void word(int end, Pattern kept) {
        int start = at;
        while (at < end && (isLetter(in.charAt(at)) || in.charAt(at) == '_')) {
            at++;
        }
        String word = in.substring(start, at);
        boolean exponent = word.equalsIgnoreCase("e") && start > 0 && isDigit(in.charAt(start - 1));
        out.append(exponent || kept.matcher(word).matches() ? word : "x".repeat(word.length()));
    }

    private void keep(int count) {
        out.append(in, at, at + count);
        at += count;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A letter of ASCII, or a byte of any other character. */
    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
    }
}
