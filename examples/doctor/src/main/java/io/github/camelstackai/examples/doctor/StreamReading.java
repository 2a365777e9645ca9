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
    /** The data of the event that is being read, and its name. */
    private String data = "";

    private String event = "";

    StreamReading(Response response) {
        this(response, 0);
    }

    /** @param from how many bytes of the body are left out */
    StreamReading(Response response, int from) {
        byte[] body = response.body();
        int start = from;
        for (int i = from; i <= body.length; i++) {
            if (i == body.length || isLineEnd(body, i)) {
                String line = new String(body, start, i - start, StandardCharsets.UTF_8);
                read(line.replaceFirst("^\uFEFF", "").strip(), arrival(response, Math.min(i, body.length - 1)));
                start = i + 1;
            }
        }
        dispatch(response.took());
    }

    /** At LF, and at CR unless LF follows. */
    private static boolean isLineEnd(byte[] body, int i) {
        return body[i] == '\n' || body[i] == '\r' && (i + 1 == body.length || body[i + 1] != '\n');
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
        if (line.isEmpty()) {
            dispatch(at);
        } else if (line.startsWith(":")) {
            comments++;
        } else if (line.startsWith("event:")) {
            event(line.substring("event:".length()).strip());
        } else if (line.startsWith("data:")) {
            data(line.substring("data:".length()).strip(), at);
        } else if (!line.matches("(id|retry):.*")) {
            objects(line, false, at);
        }
    }

    /** An object on one line is data of its own; else the lines of an event are joined. */
    private void data(String text, Duration at) {
        if (data.isEmpty() && !Json.readAll(text).isEmpty()) {
            objects(text, true, at);
        } else {
            data = (data + "\n" + text).strip();
        }
    }

    private void dispatch(Duration at) {
        if (!data.isEmpty()) {
            objects(data, true, at);
        }
        data = "";
        event = "";
    }

    private void event(String name) {
        event = name;
        events.add(name.matches("[a-z_.-]{1,30}") ? name : "‹name›");
        if (name.equals("stream_complete")) {
            lastMarker = "event: stream_complete";
        }
    }

    private void objects(String text, boolean prefix, Duration at) {
        List<JsonNode> values = Json.readAll(text);
        if (text.equals("[DONE]")) {
            lastMarker = text;
            return;
        }
        if (values.isEmpty() || !values.stream().allMatch(JsonNode::isObject)) {
            if (event.isEmpty()) {
                strange.add(text);
            }
            return;
        }
        lines++;
        prefixed += prefix ? 1 : 0;
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

    /** The event by which the service reports a failure, if there is one. */
    Optional<String> errorEvent() {
        return events.contains("error") ? Optional.of("an event error") : Optional.empty();
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

    /** The texts of the outputs that are not empty. */
    List<String> texts() {
        return new StreamTexts(items).all();
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

    /** As {@link StreamTexts#snapshots}. */
    Optional<Boolean> snapshots() {
        return new StreamTexts(items).snapshots();
    }
}
