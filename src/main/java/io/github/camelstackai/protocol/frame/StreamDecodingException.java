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

import java.io.IOException;

/** A stream that is not what the service promises. */
public final class StreamDecodingException extends IOException {
    private static final long serialVersionUID = 1L;
    /** Enough to find a credential in it whose beginning a message would show. */
    private static final int MAX_RECEIVED = 64 * 1024;

    /** What is wrong with the stream. */
    public enum Reason {
        /** Neither a JSON object nor a field of server-sent events. */
        MALFORMED,
        /** A frame of more bytes than allowed. */
        TOO_LARGE
    }

    private final Reason reason;
    private final String received;

    private StreamDecodingException(Reason reason, String message, String received, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.received = received;
    }

    static StreamDecodingException malformed(String expected, Slice received, Throwable cause) {
        return new StreamDecodingException(
                Reason.MALFORMED,
                "Expected " + expected + " in the stream",
                received.head(MAX_RECEIVED).text(),
                cause);
    }

    static StreamDecodingException tooLarge(int limit) {
        String message = "A frame of the stream exceeds the " + limit + " bytes allowed";
        return new StreamDecodingException(Reason.TOO_LARGE, message, null, null);
    }

    /** What is wrong with the stream, never null. */
    public Reason reason() {
        return reason;
    }

    /** The start of what arrived instead, as it came, so neither redacted nor printable; null if that is not the point. */
    public String received() {
        return received;
    }
}
