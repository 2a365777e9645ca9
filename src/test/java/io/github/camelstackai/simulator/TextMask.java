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

import java.util.regex.Matcher;
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
    /** How a text begins that can be JSON, or a fenced block. */
    private static final Pattern EMBEDDED = Pattern.compile("(?:\\s|\\\\[nrt])*+(?:\\{|\\[|(```\\w*))");

    private static final String FENCE = "```";
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u\\p{XDigit}{4}|(.))");
    private static final Pattern DATA = Pattern.compile("^(\\xEF\\xBB\\xBF)?data:");
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
        return KEPT.matcher(text).matches() ? text : new TextMask(text).text(text.length(), 0);
    }

    /** By lines, so that one that is no JSON leaves the others as they are. */
    private String json() {
        JsonSyntax syntax = new JsonSyntax();
        while (at < in.length()) {
            int end = lineEnd();
            json(end, syntax.accepts(DATA.matcher(in.substring(at, end)).replaceFirst("")));
        }
        return out.toString();
    }

    private int lineEnd() {
        int end = at;
        while (end < in.length() && in.charAt(end) != '\n' && in.charAt(end) != '\r') {
            end++;
        }
        return Math.min(end + 1, in.length());
    }

    private void json(int end, boolean names) {
        while (at < end) {
            char next = in.charAt(at);
            if (next == '"') {
                string(end, names);
            } else if (isLetter(next) || next == '_') {
                word(end, STRUCTURE);
            } else {
                out.append(isDigit(next) ? '1' : next);
                at++;
            }
        }
    }

    private void string(int line, boolean names) {
        keep(1);
        int end = at;
        while (end < line && in.charAt(end) != '"') {
            end += in.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, line);
        boolean name = names
                && BEFORE_VALUE
                        .matcher(in)
                        .region(Math.min(end + 1, line), line)
                        .lookingAt();
        if (name || KEPT.matcher(in).region(at, end).matches()) {
            keep(end - at);
        } else {
            text(end, embeddedEnd(end));
        }
        keep(Math.min(1, line - end));
    }

    /** Where JSON in a text ends, or a fenced block of JSON; where the text begins if there is none. */
    private int embeddedEnd(int end) {
        Matcher begin = EMBEDDED.matcher(in).region(at, end);
        if (!begin.lookingAt()) {
            return at;
        }
        boolean fenced = begin.group(1) != null;
        String json = in.substring(fenced ? begin.end() : at, end);
        if (fenced && json.contains(FENCE)) {
            json = json.substring(0, json.indexOf(FENCE));
        }
        return JsonSyntax.begins(unescaped(json)) ? (fenced ? begin.end() : at) + json.length() : at;
    }

    /** Another text with the same syntax. */
    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> {
            String escaped = escape.group(1);
            return escaped == null ? "x" : "nrtbf".contains(escaped) ? " " : Matcher.quoteReplacement(escaped);
        });
    }

    /** @param names where the part ends in which names of fields are kept */
    private String text(int end, int names) {
        while (at < end) {
            char next = in.charAt(at);
            if (next == '\\') {
                escape(end, names);
            } else if (isLetter(next)) {
                word(end, LITERAL);
            } else {
                out.append(isDigit(next) ? '1' : next);
                at++;
            }
        }
        return out.toString();
    }

    /** Keeps the letter of an escape, also of one in JSON that is a text in JSON, and the names of fields there. */
    private void escape(int end, int names) {
        while (at < end && in.charAt(at) == '\\') {
            keep(1);
        }
        char escaped = at < end ? in.charAt(at) : 0;
        keep(Math.min(1, end - at));
        if (escaped == 'u' && end - at >= ESCAPED_X.length()) {
            out.append(ESCAPED_X);
            at += ESCAPED_X.length();
        } else if (at < names
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
