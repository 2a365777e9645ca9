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
package io.github.camelstackai.examples.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The lines and objects of a stream, whatever form it has. */
final class StreamReading {
    /** How objects are put one after the other. */
    enum Form {
        JSON_LINES("JSON Lines"),
        EVENTS("server-sent events"),
        CONCATENATED("objects without line ends between them"),
        OTHER("no objects");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** @param at when its last byte arrived, from the request */
    record Item(JsonNode object, Duration at) {}

    private final List<Item> items = new ArrayList<>();
    private final List<String> strange = new ArrayList<>();
    private final Set<String> events = new TreeSet<>();
    private String lastMarker;
    private int prefixed;
    private int lines;
    private int comments;
    private boolean severalInALine;

    StreamReading(Response response) {
        byte[] body = response.body();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                String line = new String(body, start, i - start, StandardCharsets.UTF_8);
                read(line.replaceFirst("^\uFEFF", "").strip(), arrival(response, Math.min(i, body.length - 1)));
                start = i + 1;
            }
        }
    }

    private static Duration arrival(Response response, int offset) {
        int end = 0;
        for (Response.Piece piece : response.pieces()) {
            end += piece.bytes().length;
            if (offset < end) {
                return piece.at();
            }
        }
        return response.took();
    }

    private void read(String line, Duration at) {
        if (line.isEmpty() || line.matches("(id|retry):.*")) {
            return;
        }
        if (line.startsWith(":")) {
            comments++;
        } else if (line.startsWith("event:")) {
            event(line.substring("event:".length()).strip());
        } else if (line.matches("data:\\s*\\[DONE]")) {
            lastMarker = "[DONE]";
        } else {
            boolean data = line.startsWith("data:");
            objects(data ? line.substring("data:".length()).strip() : line, data, at);
        }
    }

    private void event(String name) {
        events.add(name.matches("[a-z_.-]{1,30}") ? name : "‹name›");
        if (name.equals("stream_complete")) {
            lastMarker = "event: stream_complete";
        }
    }

    private void objects(String text, boolean data, Duration at) {
        List<JsonNode> values = Json.readAll(text);
        boolean word = data && (text.isEmpty() || events.contains("ping"));
        if (values.isEmpty() || !values.stream().allMatch(JsonNode::isObject)) {
            if (!word) {
                strange.add(text);
            }
            return;
        }
        lines++;
        prefixed += data ? 1 : 0;
        severalInALine |= values.size() > 1;
        for (JsonNode value : values) {
            items.add(new Item(value, at));
            Frames.endMarker(value).ifPresent(marker -> lastMarker = marker);
        }
    }

    Form form() {
        if (items.isEmpty()) {
            return Form.OTHER;
        }
        if (severalInALine) {
            return Form.CONCATENATED;
        }
        return prefixed == lines ? Form.EVENTS : Form.JSON_LINES;
    }

    /** All objects. */
    List<Item> items() {
        return items;
    }

    List<Item> frames() {
        return items.stream().filter(item -> Frames.isFrame(item.object())).toList();
    }

    /** Objects that are neither frames nor the end. */
    List<JsonNode> others() {
        return items.stream()
                .map(Item::object)
                .filter(object ->
                        !Frames.isFrame(object) && Frames.endMarker(object).isEmpty())
                .toList();
    }

    /** Lines that are nothing known. */
    List<String> strange() {
        return strange;
    }

    /** The names of events. */
    Set<String> events() {
        return events;
    }

    int comments() {
        return comments;
    }

    /** Objects behind {@code data:} . */
    int prefixed() {
        return prefixed;
    }

    /** The last one. */
    Optional<String> endMarker() {
        return Optional.ofNullable(lastMarker);
    }

    /** The texts of the outputs, frame by frame. */
    List<String> texts() {
        return items.stream()
                .map(item -> Frames.text(Frames.outputs(item.object())))
                .filter(Objects::nonNull)
                .toList();
    }

    boolean hasOutputs() {
        return items.stream().anyMatch(item -> Frames.hasOutputs(item.object()));
    }

    /** The last state; empty for none. */
    String state() {
        return items.stream()
                .map(item -> item.object().path("state"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .reduce("", (one, next) -> next);
    }

    /** Objects that are neither keep-alives nor, without outputs, the end. */
    List<JsonNode> contents() {
        return items.stream()
                .map(Item::object)
                .filter(object -> !Frames.isKeepAlive(object))
                .filter(object ->
                        object.has("outputs") || Frames.endMarker(object).isEmpty())
                .filter(object -> !object.isEmpty())
                .toList();
    }

    /** Whether each text begins with the one before. */
    boolean snapshots() {
        List<String> texts = texts();
        for (int i = 1; i < texts.size(); i++) {
            if (!texts.get(i).startsWith(texts.get(i - 1))) {
                return false;
            }
        }
        return texts.size() > 1
                && texts.get(texts.size() - 1).length() > texts.get(0).length();
    }
}
