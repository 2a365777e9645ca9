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
package io.github.camelstackai.soak;

import io.github.camelstackai.simulator.Reply;
import java.util.List;
import java.util.Map;

/** The answers of the service to the calls of a soak test. */
final class SoakReplies {
    private static final String END = "{\"outputs\":{},\"run_id\":\"r1\",\"state\":\"COMPLETED\",\"error\":null}\n";

    private SoakReplies() {}

    static Reply answer(SoakCall call) {
        return switch (call.kind()) {
            case RUN -> Reply.json(Map.of("outputs", Map.of("out-0", call.text()), "state", "COMPLETED"));
            case CHUNKS, COLLECT -> stream(call);
            case FEEDBACK, METADATA, UPLOAD -> Reply.json(Map.of("call", call.number(), "modified_count", 1));
            case LIST -> Reply.json(List.of(call.question()));
            case DOWNLOAD -> Reply.text(call.text());
            case STATUS -> Reply.json(Map.of("call", call.number(), "status", "indexed"));
            case RUNS -> Reply.json(List.of(Map.of("run_id", call.question(), "user_id", call.question())));
        };
    }

    static String failed() {
        return "{\"outputs\":{},\"run_id\":\"r1\",\"state\":\"FAILED\",\"error\":\"No credit\"}";
    }

    static String text(String text) {
        return "{\"outputs\":{\"out-0\":\"" + text + "\"},\"run_id\":\"r1\",\"state\":null}";
    }

    private static Reply stream(SoakCall call) {
        Reply stream = Reply.chunks();
        for (int i = 0; i < call.words(); i++) {
            stream = stream.chunk(text(call.word(i)) + "\n");
        }
        return stream.chunk(END);
    }
}
