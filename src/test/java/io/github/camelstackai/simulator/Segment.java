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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Bytes that are sent together.
 *
 * @param pause the time before they are sent; null for that of the reply's timing
 * @param bytes read-only
 */
record Segment(Duration pause, ByteBuffer bytes) {
    static Segment of(Duration pause, byte[] bytes) {
        return new Segment(pause, ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer());
    }

    static Segment utf8(String text) {
        return utf8(null, text);
    }

    static Segment utf8(Duration pause, String text) {
        return of(pause, text.getBytes(StandardCharsets.UTF_8));
    }

    static Segment latin1(Duration pause, String text) {
        return of(pause, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    int length() {
        return bytes.remaining();
    }
}
