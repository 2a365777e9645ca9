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

/**
 * A string literal of Python: in single or double quotes, once or three times.
 *
 * @param end index of the character that follows it
 */
record PythonString(String value, int end) {
    /** Reads one at a time; advanced by each method. */
    private static final class Reader {
        private final String text;
        private final StringBuilder value = new StringBuilder();
        private int next;

        Reader(String text, int start) {
            this.text = text;
            this.next = start;
        }

        /** @param raw whether backslashes stand for themselves */
        PythonString read(boolean raw) throws UnreadableTextException {
            String quote = text.substring(next, next + 1);
            boolean triple = text.startsWith(quote.repeat(3), next);
            String end = triple ? quote.repeat(3) : quote;
            next += end.length();
            while (!text.startsWith(end, next)) {
                char c = take();
                if (!triple && (c == '\n' || c == '\r')) {
                    throw UnreadableTextException.expected("a closing quote", text, next - 1);
                }
                value.append(c);
                if (c == '\\') {
                    afterBackslash(raw);
                }
            }
            return new PythonString(value.toString(), next + end.length());
        }

        private char take() throws UnreadableTextException {
            if (next == text.length()) {
                throw UnreadableTextException.expected("a closing quote", text, next);
            }
            return text.charAt(next++);
        }

        /** The backslash has been appended; it stays before a character that it does not escape. */
        private void afterBackslash(boolean raw) throws UnreadableTextException {
            char escaped = take();
            if (raw) {
                value.append(escaped);
                return;
            }
            switch (escaped) {
                case '\n' -> replace("");
                case '\\', '\'', '"' -> replace(String.valueOf(escaped));
                case 'a' -> replace("\u0007");
                case 'b' -> replace("\b");
                case 'f' -> replace("\f");
                case 'n' -> replace("\n");
                case 'r' -> replace("\r");
                case 't' -> replace("\t");
                case 'v' -> replace("\u000B");
                case 'x' -> replace(digits(2));
                case 'u' -> replace(digits(4));
                case 'U' -> replace(digits(8));
                case 'N' -> throw UnreadableTextException.expected("a character instead of its name", text, next - 1);
                default -> other(escaped);
            }
        }

        private void other(char escaped) {
            if (escaped < '0' || escaped > '7') {
                value.append(escaped);
                return;
            }
            int code = escaped - '0';
            for (int i = 0; i < 2 && next < text.length() && isOctal(text.charAt(next)); i++) {
                code = code * 8 + text.charAt(next++) - '0';
            }
            replace(Character.toString(code));
        }

        private static boolean isOctal(char c) {
            return c >= '0' && c <= '7';
        }

        /** Puts {@code character} in the place of the backslash. */
        private void replace(String character) {
            value.setLength(value.length() - 1);
            value.append(character);
        }

        /** The character of {@code count} hexadecimal digits. */
        private String digits(int count) throws UnreadableTextException {
            int code = 0;
            for (int i = 0; i < count; i++) {
                int digit = hexDigit(take());
                if (digit < 0 || code > Character.MAX_CODE_POINT) {
                    throw UnreadableTextException.expected("a hexadecimal digit", text, next - 1);
                }
                code = code * 16 + digit;
            }
            if (!Character.isValidCodePoint(code)) {
                throw UnreadableTextException.expected("a character of Unicode", text, next - 1);
            }
            return Character.toString(code);
        }

        private static int hexDigit(char c) {
            return c < 128 ? Character.digit(c, 16) : -1;
        }
    }

    /**
     * Reads a string.
     *
     * @param start index of its first quote
     * @param raw whether backslashes stand for themselves
     */
    static PythonString at(String text, int start, boolean raw) throws UnreadableTextException {
        return new Reader(text, start).read(raw);
    }
}
