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

import io.github.camelstackai.simulator.RecordedCall.Piece;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a recorded call as JSON, one line for each part and each piece of a body. */
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
}
