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
import io.github.camelstackai.simulator.RecordedCall.Ending;
import io.github.camelstackai.simulator.RecordedCall.Piece;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes and reads a recorded call as JSON, one line for each part and each piece of a body. */
final class RecordingFormat {
    private RecordingFormat() {}

    static String text(RecordedCall call) {
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

    /**
     * @throws IllegalArgumentException if something is missing or has another form
     */
    static RecordedCall call(JsonNode call) {
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
