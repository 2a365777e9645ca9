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
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block between two fences of at least three backticks or tildes, as of Markdown. A fence that nothing closes reaches to the end.
 *
 * @param language what the first fence names; empty for none
 */
record FencedBlock(String language, String content) {
    /** Blocks of one text that are read; text with more is not an answer. */
    static final int MAX_BLOCKS = 100;

    private static final Pattern FENCE = Pattern.compile("(`{3,}|~{3,})([A-Za-z0-9_+-]*)");

    boolean isJson() {
        return "json".equalsIgnoreCase(language);
    }

    /**
     * The first blocks of {@code text}, at most one more than {@link #MAX_BLOCKS}.
     *
     * <p>Only a fence at the end of a line closes a block: a JSON string has no line breaks, so such a fence is outside of strings.
     */
    static List<FencedBlock> of(String text) {
        List<FencedBlock> blocks = new ArrayList<>();
        Matcher opening = FENCE.matcher(text);
        for (int from = 0; blocks.size() <= MAX_BLOCKS && opening.find(from); ) {
            int start = opening.end();
            int end = closing(text, start, opening.group(1));
            blocks.add(
                    new FencedBlock(opening.group(2), text.substring(start, end).strip()));
            int newline = text.indexOf('\n', end);
            from = newline < 0 ? text.length() : newline;
        }
        return blocks;
    }

    /** Index of the fence that closes the block, else of the end of the text. */
    private static int closing(String text, int start, String fence) {
        int lineStart = start;
        while (lineStart <= text.length()) {
            int newline = text.indexOf('\n', lineStart);
            int lineEnd = newline < 0 ? text.length() : newline;
            int end = trimmed(text, lineStart, lineEnd, c -> c <= ' ');
            int fenceStart = trimmed(text, lineStart, end, c -> c == fence.charAt(0));
            if (end - fenceStart >= fence.length()) {
                return fenceStart;
            }
            lineStart = lineEnd + 1;
        }
        return text.length();
    }

    /** Index of the end of what is left if characters at the end are dropped. */
    private static int trimmed(String text, int start, int end, IntPredicate dropped) {
        int kept = end;
        while (kept > start && dropped.test(text.charAt(kept - 1))) {
            kept--;
        }
        return kept;
    }
}
