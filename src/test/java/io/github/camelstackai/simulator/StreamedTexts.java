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
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The texts of a stream: each one continued by that at the same place of the objects that follow. For one body. */
final class StreamedTexts {
    private static final Pattern NAMED =
            Pattern.compile("\"([^\"\\\\]{1,64})\"\\s*+:\\s*+\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)");

    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();

    private StreamedTexts() {}

    /**
     * Finds texts by their places in values of JSON, and all texts by the names of their fields: an object that is cut off, or that is
     * in several lines, has no places.
     *
     * @param body JSON Lines or events, in ISO 8859-1
     */
    static Collection<StringBuilder> of(String body) {
        StreamedTexts streamed = new StreamedTexts();
        body.lines()
                .map(line -> line.strip().replaceFirst("^data:", ""))
                .flatMap(line -> JsonCodec.values(line.getBytes(ISO_8859_1)).stream())
                .forEach(value -> streamed.add("", value));
        NAMED.matcher(body)
                .results()
                .forEach(text -> streamed.append("named " + text.group(1), unescaped(text.group(2))));
        return streamed.texts.values();
    }

    private static String unescaped(String text) {
        byte[] json = ("\"" + text + "\"").getBytes(ISO_8859_1);
        return JsonCodec.values(json).stream()
                .findFirst()
                .map(JsonNode::asText)
                .orElseGet(() -> new String(text.getBytes(ISO_8859_1), UTF_8));
    }

    private void append(String place, String text) {
        texts.computeIfAbsent(place, key -> new StringBuilder()).append(text);
    }

    private void add(String place, JsonNode value) {
        if (value.isTextual()) {
            append(place, value.asText());
        }
        value.properties().forEach(member -> add(place + "/" + member.getKey(), member.getValue()));
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                add(place + "/" + i, value.get(i));
            }
        }
    }
}
