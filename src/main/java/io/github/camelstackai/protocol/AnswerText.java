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

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;

/**
 * Reads the value that the text of an output holds: JSON, a Python literal, or exactly one fenced block of either within prose.
 * Thread-safe.
 */
public final class AnswerText {
    private final Json json;

    public AnswerText(Json json) {
        this.json = json;
    }

    /**
     * The value, as of {@link Json#read(String)}.
     *
     * @throws UnreadableTextException if there is none, or there are several
     */
    public Object read(String text) throws UnreadableTextException {
        String stripped = text.strip();
        try {
            return whole(stripped);
        } catch (UnreadableTextException e) {
            List<FencedBlock> blocks = FencedBlock.of(stripped);
            if (blocks.isEmpty()) {
                throw e;
            }
            return sole(blocks);
        }
    }

    private Object whole(String text) throws UnreadableTextException {
        UnreadableTextException noJson;
        try {
            return json.read(text);
        } catch (JsonProcessingException e) {
            int position = e.getLocation() == null ? -1 : (int) e.getLocation().getCharOffset();
            noJson = new UnreadableTextException(
                    e.getOriginalMessage() + " at character " + (position + 1), position, e);
        } catch (IOException e) {
            throw new UnreadableTextException(String.valueOf(e.getMessage()), -1, e);
        }
        try {
            return PythonLiteral.read(text);
        } catch (UnreadableTextException noLiteral) {
            throw noLiteral.position() > noJson.position() ? noLiteral : noJson; // the one that understood more
        }
    }

    /** A block that names JSON counts, whatever it holds; any other if it holds a value. */
    private Object sole(List<FencedBlock> blocks) throws UnreadableTextException {
        if (blocks.size() > FencedBlock.MAX_BLOCKS) {
            throw new UnreadableTextException(
                    "it has more than " + FencedBlock.MAX_BLOCKS + " fenced blocks", -1, null);
        }
        int found = 0;
        Object value = null;
        UnreadableTextException invalid = null;
        for (FencedBlock block : blocks) {
            try {
                value = whole(block.content());
                found++;
            } catch (UnreadableTextException e) {
                found += block.isJson() ? 1 : 0;
                invalid = block.isJson() ? e : invalid;
            }
        }
        if (found == 1 && invalid == null) {
            return value;
        }
        throw found == 1
                ? invalid
                : new UnreadableTextException("it has " + found + " fenced blocks of JSON", -1, null);
    }
}
