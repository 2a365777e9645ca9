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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelstackai.simulator.RecordedCall.Ending;
import io.github.camelstackai.simulator.RecordedCall.Piece;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A JSON file of recorded calls, one line for each part of a call and each piece of a body. It is complete JSON after each
 * call. Thread-safe.
 */
final class RecordingFile {
    private static final int VERSION = 1;
    private static final String END = "\n]\n}\n";

    private final Path path;
    // Guarded by this.
    private boolean empty = true;

    private RecordingFile(Path path) {
        this.path = path;
    }

    /**
     * Creates a file without calls, in place of any other.
     *
     * @throws IllegalArgumentException if it cannot be written
     */
    static RecordingFile create(Path path, boolean masked) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            String start = "{\n\"stackaiRecording\": " + VERSION + ",\n\"masked\": " + masked + ",\n\"calls\": [";
            Files.writeString(path, start + END);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot write the recording " + path + ": " + e, e);
        }
        return new RecordingFile(path);
    }

    synchronized void add(RecordedCall call) {
        byte[] text = ((empty ? "\n" : ",\n") + text(call) + END).getBytes(UTF_8);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(file.length() - END.length());
            file.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the recording " + path, e);
        }
        empty = false;
    }

    private static String text(RecordedCall call) {
        List<String> parts = new ArrayList<>();
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("operation", call.request().operation());
        request.put("flow", call.request().flow());
        request.put("method", call.request().method());
        request.put("path", call.request().path());
        request.put("query", call.request().query());
        parts.add("\"request\": " + JsonCodec.text(request));
        parts.add("\"inputs\": " + JsonCodec.text(call.request().inputs()));
        if (call.head() != null) {
            parts.add("\"head\": " + JsonCodec.text(head(call)));
            List<String> pieces = call.pieces().stream()
                    .map(piece -> "    " + JsonCodec.text(piece(piece)))
                    .toList();
            parts.add("\"pieces\": [" + (pieces.isEmpty() ? "" : "\n" + String.join(",\n", pieces) + "\n  ") + "]");
        }
        parts.add("\"ended\": "
                + JsonCodec.text(timed(call.millis(), "how", call.ending().toString())));
        return "{\n  " + String.join(",\n  ", parts) + "\n}";
    }

    private static Map<String, Object> head(RecordedCall call) {
        Map<String, Object> head =
                timed(call.headMillis(), "status", call.head().status());
        List<List<String>> headers = call.head().headers().stream()
                .map(header -> List.of(header.getKey(), header.getValue()))
                .toList();
        head.put("headers", headers);
        return head;
    }

    private static Map<String, Object> piece(Piece piece) {
        byte[] bytes = piece.bytes().getBytes(ISO_8859_1);
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return timed(piece.millis(), "text", text);
        } catch (CharacterCodingException e) {
            return timed(piece.millis(), "base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static Map<String, Object> timed(long millis, String name, Object value) {
        Map<String, Object> timed = new LinkedHashMap<>();
        timed.put("ms", millis);
        timed.put(name, value);
        return timed;
    }

    /** What a file contains. */
    record Content(boolean masked, List<RecordedCall> calls) {}

    /**
     * @throws IllegalArgumentException if the file is missing, damaged or of a later version
     */
    static Content read(Path path) {
        ObjectNode file = json(path);
        int version = file.path("stackaiRecording").asInt();
        if (version < 1) {
            throw new IllegalArgumentException(path + " is not a recording of the simulator");
        }
        if (version > VERSION) {
            throw new IllegalArgumentException("The recording " + path + " has version " + version
                    + ", and this simulator reads version " + VERSION + "; use a later camel-stackai");
        }
        List<RecordedCall> calls = new ArrayList<>();
        for (JsonNode call : file.path("calls")) {
            try {
                calls.add(call(call));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Call " + (calls.size() + 1) + " of the recording " + path + " is damaged: " + e.getMessage(),
                        e);
            }
        }
        return new Content(file.path("masked").asBoolean(), List.copyOf(calls));
    }

    private static ObjectNode json(Path path) {
        try {
            return JsonCodec.tree(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "There is no recording " + path + "; -Dstackai.record=true records it", e);
        } catch (IllegalArgumentException e) {
            String where = e.getCause() instanceof JsonProcessingException cause
                    ? ": " + cause.getOriginalMessage() + " at line "
                            + cause.getLocation().getLineNr()
                    : "";
            throw new IllegalArgumentException("The recording " + path + " is damaged" + where, e);
        }
    }

    private static RecordedCall call(JsonNode call) {
        JsonNode ended = call.required("ended");
        boolean hasHead = call.has("head");
        return new RecordedCall(
                request(call.required("request"), call.required("inputs")),
                hasHead ? head(call.required("head")) : null,
                hasHead ? call.required("head").required("ms").longValue() : 0,
                hasHead ? pieces(call.required("pieces")) : List.of(),
                Ending.valueOf(ended.required("how").asText().toUpperCase(Locale.ROOT)),
                ended.required("ms").longValue());
    }

    private static CallRequest request(JsonNode request, JsonNode inputs) {
        Map<String, String> query = new LinkedHashMap<>();
        request.required("query")
                .properties()
                .forEach(parameter ->
                        query.put(parameter.getKey(), parameter.getValue().asText()));
        return new CallRequest(
                request.required("operation").asText(),
                request.required("method").asText(),
                request.required("flow").textValue(),
                request.required("path").asText(),
                query,
                inputs);
    }

    private static ReplyHead head(JsonNode head) {
        ReplyHead read = ReplyHead.OK.withStatus(head.required("status").intValue());
        for (JsonNode header : head.required("headers")) {
            read = read.with(header.required(0).asText(), header.required(1).asText());
        }
        return read;
    }

    private static List<Piece> pieces(JsonNode pieces) {
        List<Piece> read = new ArrayList<>();
        for (JsonNode piece : pieces) {
            byte[] bytes = piece.has("text")
                    ? piece.required("text").asText().getBytes(UTF_8)
                    : Base64.getDecoder().decode(piece.required("base64").asText());
            read.add(new Piece(piece.required("ms").longValue(), new String(bytes, ISO_8859_1)));
        }
        return List.copyOf(read);
    }
}
