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

import io.github.camelstackai.protocol.frame.Frame;
import io.github.camelstackai.protocol.frame.FrameDecoder;
import io.github.camelstackai.protocol.frame.StreamDecodingException;

/** What the component takes the body of a stream for. */
final class Reception {
    private static final int MAX_FRAME = 32 * 1024 * 1024;

    private Frame last;
    private boolean malformed;
    private int length;

    /** @param verbose false if the service was asked for the outputs alone */
    Reception(byte[] body, boolean verbose) {
        FrameDecoder decoder =
                new FrameDecoder(new io.github.camelstackai.protocol.Json(), MAX_FRAME, verbose, frame -> last = frame);
        try {
            while (length < body.length && !decoder.ended()) {
                decoder.feed(body, length++, 1);
            }
            if (!decoder.ended()) {
                decoder.finish();
            }
        } catch (StreamDecodingException e) {
            malformed = true;
        }
    }

    /** Whether the component fails, because the body is no stream. */
    boolean isMalformed() {
        return malformed;
    }

    boolean isComplete() {
        return ends(Frame.Kind.END);
    }

    boolean isFailed() {
        return ends(Frame.Kind.FAILURE);
    }

    /** Whether the run failed or paused: what is missing in its stream may be in one that completes. */
    boolean isStopped() {
        return isFailed() || ends(Frame.Kind.PAUSE);
    }

    private boolean ends(Frame.Kind kind) {
        return !malformed && last != null && last.kind() == kind;
    }

    /** The words of a failure. */
    String error() {
        return last.result().errorText();
    }

    /** How many bytes there are up to the end of the last frame, after which the component reads no more. */
    int length() {
        return length;
    }
}
