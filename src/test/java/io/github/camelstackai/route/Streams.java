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
package io.github.camelstackai.route;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Streams as the service writes them. */
final class Streams {
    static final String END = "{\"outputs\":{},\"run_id\":\"r1\",\"state\":\"COMPLETED\"}";

    private Streams() {}

    static String frame(String text) {
        return "{\"outputs\":{\"out-0\":\"" + text
                + "\"},\"run_id\":\"r1\",\"progress_data\":{\"current_node\":\"Output\","
                + "\"total_nodes\":3,\"started_nodes\":2,\"completed_nodes\":1},\"state\":null}";
    }

    /** JSON Lines: a frame for each text, then the last frame. */
    static String lines(String... texts) {
        StringBuilder lines = new StringBuilder();
        for (String text : texts) {
            lines.append(frame(text)).append('\n');
        }
        return lines.append(END).append('\n').toString();
    }

    /** A reply of one HTTP chunk for each frame. */
    static Reply reply(String... texts) {
        List<String> frames = new ArrayList<>();
        for (String text : texts) {
            frames.add(frame(text) + "\n");
        }
        frames.add(END + "\n");
        return Reply.chunks(frames.toArray(new String[0]));
    }

    /** All chunks up to the end of the stream. */
    static List<StackAiChunk> read(StackAiStream stream) {
        List<StackAiChunk> chunks = new ArrayList<>();
        stream.forEachRemaining(chunks::add);
        return chunks;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
