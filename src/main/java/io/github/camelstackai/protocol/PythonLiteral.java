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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a Python literal, as {@code repr} writes it, into the values that {@link Json} reads: dictionaries, lists, tuples, strings,
 * numbers, {@code True}, {@code False}, {@code None}, and {@code nan} and {@code inf}. The names of JSON are taken too, since models
 * mix them. Source: the Python Language Reference, chapters 2.4 to 2.6 and 6.2. Takes linear time. Not thread-safe.
 */
final class PythonLiteral {
    /** Levels of nesting. */
    static final int MAX_DEPTH = 500;

    private final String text;
    /** Index of the next character; advanced by each method. */
    private int next;
    /** Dictionaries, lists and parentheses that are open. */
    private int depth;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /**
     * Reads the whole text.
     *
     * @throws UnreadableTextException if it is not exactly one literal
     */
    static Object read(String text) throws UnreadableTextException {
        PythonLiteral literal = new PythonLiteral(text);
        Object value = literal.value();
        if (literal.peek() != 0) {
            throw literal.expected("the end");
        }
        return value;
    }

    private Object value() throws UnreadableTextException {
        char first = peek();
        return switch (first) {
            case '{' -> dictionary();
            case '[' -> list();
            case '(' -> parenthesised();
            case '\'', '"' -> strings();
            default -> isName(first) ? named() : signedOrNumber();
        };
    }

    /** The next character that is not a space; 0 at the end. */
    private char peek() {
        while (next < text.length() && text.charAt(next) <= ' ') {
            next++;
        }
        return next < text.length() ? text.charAt(next) : 0;
    }

    private Map<String, Object> dictionary() throws UnreadableTextException {
        Map<String, Object> map = new LinkedHashMap<>();
        enter();
        for (boolean first = true; hasItem('}', first); first = false) {
            String key = key(value());
            expect(':');
            map.put(key, value());
        }
        return map;
    }

    /** As {@code json.dumps} writes it. */
    private String key(Object key) throws UnreadableTextException {
        if (key instanceof Map || key instanceof List) {
            throw expected("a dictionary with keys that JSON has");
        }
        return key == null ? "null" : Json.text(key);
    }

    private List<Object> list() throws UnreadableTextException {
        enter();
        return items(']', true, new ArrayList<>());
    }

    /** A tuple, or what the parentheses enclose. */
    private Object parenthesised() throws UnreadableTextException {
        enter();
        if (!hasItem(')', true)) {
            return new ArrayList<>();
        }
        Object item = value();
        if (peek() == ')') {
            leave();
            return item;
        }
        List<Object> tuple = new ArrayList<>();
        tuple.add(item);
        return items(')', false, tuple);
    }

    private List<Object> items(char end, boolean empty, List<Object> items) throws UnreadableTextException {
        for (boolean first = empty; hasItem(end, first); first = false) {
            items.add(value());
        }
        return items;
    }

    private void enter() throws UnreadableTextException {
        next++;
        if (++depth > MAX_DEPTH) {
            throw expected("at most " + MAX_DEPTH + " levels of nesting");
        }
    }

    private void leave() {
        next++;
        depth--;
    }

    /** Whether an item follows, and not the end; takes the comma, also one before the end. */
    private boolean hasItem(char end, boolean first) throws UnreadableTextException {
        if (!first && peek() != end) {
            expect(',');
        }
        if (peek() != end) {
            return true;
        }
        leave();
        return false;
    }

    private void expect(char wanted) throws UnreadableTextException {
        if (peek() != wanted) {
            throw expected("'" + wanted + "'");
        }
        next++;
    }

    private static boolean isName(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private Object named() throws UnreadableTextException {
        int start = next;
        while (next < text.length() && isName(text.charAt(next))) {
            next++;
        }
        String name = text.substring(start, next);
        if (next < text.length() && isQuote(text.charAt(next)) && isPrefix(name)) {
            return string("r".equalsIgnoreCase(name));
        }
        return switch (name) {
            case "None", "null" -> null;
            case "True", "true" -> true;
            case "False", "false" -> false;
            case "nan", "NaN" -> Double.NaN;
            case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
            default -> {
                next = start;
                throw expected("a literal");
            }
        };
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    /** Of text; {@code b} for bytes and {@code f} for expressions are none that JSON has. */
    private static boolean isPrefix(String name) {
        return "r".equalsIgnoreCase(name) || "u".equalsIgnoreCase(name);
    }

    /** Strings that follow each other are one. */
    private String strings() throws UnreadableTextException {
        String first = string(false);
        if (!isQuote(peek())) {
            return first;
        }
        StringBuilder whole = new StringBuilder(first);
        while (isQuote(peek())) {
            whole.append(string(false));
        }
        return whole.toString();
    }

    private String string(boolean raw) throws UnreadableTextException {
        PythonString string = PythonString.at(text, next, raw);
        next = string.end();
        return string.value();
    }

    private Object signedOrNumber() throws UnreadableTextException {
        boolean negative = peek() == '-';
        int digits = negative || peek() == '+' ? next + 1 : next;
        if (digits < text.length() && isName(text.charAt(digits))) {
            next = digits;
            return infinity(negative);
        }
        return number(digits, negative);
    }

    private Double infinity(boolean negative) throws UnreadableTextException {
        if (!(named() instanceof Double infinity)) {
            throw expected("a number");
        }
        return negative ? -infinity : infinity;
    }

    private Number number(int start, boolean negative) throws UnreadableTextException {
        int end = PythonNumber.end(text, start);
        try {
            Number number = PythonNumber.parse(text.substring(start, end), negative);
            next = end;
            return number;
        } catch (NumberFormatException | ArithmeticException e) {
            throw expected("a literal");
        }
    }

    private UnreadableTextException expected(String what) {
        return UnreadableTextException.expected(what, text, next);
    }
}
