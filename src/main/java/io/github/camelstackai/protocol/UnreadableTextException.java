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

/** A text holds no value. The message says what is wrong with it, as the end of a sentence; it may quote the text. */
public final class UnreadableTextException extends Exception {
    private static final long serialVersionUID = 1L;
    /** Index of the character that could not be read; -1 for none. */
    private final int position;

    UnreadableTextException(String message, int position, Throwable cause) {
        super(message, cause);
        this.position = position;
    }

    /** @param what the text should have at {@code position} */
    static UnreadableTextException expected(String what, String text, int position) {
        String found = position < text.length() ? "'" + text.charAt(position) + "'" : "the end";
        return new UnreadableTextException(
                "expected " + what + " but found " + found + " at character " + (position + 1), position, null);
    }

    int position() {
        return position;
    }
}
