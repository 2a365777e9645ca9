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

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The texts of a stream: each one continued by that at the same place of the objects that follow. For one body. */
final class StreamedTexts {
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();

    private StreamedTexts() {}

    /** @param body JSON Lines or events, in ISO 8859-1; lines without an object do not count */
    static Collection<StringBuilder> of(String body) {
        StreamedTexts streamed = new StreamedTexts();
        body.lines().map(line -> line.strip().replaceFirst("^data:", "")).forEach(streamed::line);
        return streamed.texts.values();
    }

    private void line(String line) {
        if (line.isEmpty()) {
            return;
        }
        try {
            add("", JsonCodec.tree(line.getBytes(ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            // no object
        }
    }

    private void add(String place, JsonNode value) {
        if (value.isTextual()) {
            texts.computeIfAbsent(place, key -> new StringBuilder()).append(value.asText());
        }
        value.properties().forEach(member -> add(place + "/" + member.getKey(), member.getValue()));
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                add(place + "/" + i, value.get(i));
            }
        }
    }
}
