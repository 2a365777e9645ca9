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
package io.github.camelstackai.text;

import java.util.regex.Pattern;

/** Makes text from outside fit for a message or a log line. */
public final class Excerpt {
    /** Characters that an excerpt has at most. */
    public static final int LENGTH = 200;

    private static final int MESSAGE = 1000;

    /** Line ends, control characters, unpaired surrogates, and what changes the direction of text. */
    private static final Pattern UNSHOWABLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");

    private Excerpt() {}

    /** The start of {@code text} on one line, with a space for characters that cannot be shown. Redact it first, if need be. */
    public static String of(String text) {
        return of(text, LENGTH);
    }

    /** As {@link #of(String)}, of at most {@code length} characters. */
    public static String of(String text, int length) {
        String start = text.length() <= length ? text : text.substring(0, length) + "…";
        return UNSHOWABLE.matcher(start.strip()).replaceAll(" ");
    }

    /** Whether {@code text} can be shown unchanged: it is one line, and no longer than a message may be. */
    public static boolean isShowable(String text) {
        return text.length() <= MESSAGE && !UNSHOWABLE.matcher(text).find();
    }
}
