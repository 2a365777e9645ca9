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
package io.github.camelstackai.protocol.frame;

import io.github.camelstackai.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a decoder made of a body; {@code failure} is null unless it refused the body. */
record DecodedStream(List<Frame> frames, boolean ended, StreamDecodingException failure) {
    static final int LIMIT = 64 * 1024;

    static DecodedStream of(String body) {
        return of(body.getBytes(StandardCharsets.UTF_8), LIMIT, Integer.MAX_VALUE);
    }

    static DecodedStream of(String body, int chunkSize) {
        return of(body.getBytes(StandardCharsets.UTF_8), LIMIT, chunkSize);
    }

    static DecodedStream of(byte[] body, int maxFrameSize, int chunkSize) {
        List<Frame> frames = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder(new Json(), maxFrameSize, true, frames::add);
        try {
            for (int offset = 0; offset < body.length; offset += Math.min(chunkSize, body.length - offset)) {
                decoder.feed(body, offset, Math.min(chunkSize, body.length - offset));
            }
            decoder.finish();
            return new DecodedStream(frames, decoder.ended(), null);
        } catch (StreamDecodingException refused) {
            return new DecodedStream(frames, decoder.ended(), refused);
        }
    }

    /** All text of all outputs, one after the other. */
    String text() {
        return frames.stream()
                .flatMap(frame -> frame.result().outputs().values().stream())
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    List<Frame.Kind> kinds() {
        return frames.stream().map(Frame::kind).toList();
    }

    Frame last() {
        return frames.get(frames.size() - 1);
    }
}
