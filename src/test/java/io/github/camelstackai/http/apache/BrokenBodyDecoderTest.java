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
package io.github.camelstackai.http.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.nio.ContentDecoder;
import org.junit.jupiter.api.Test;

class BrokenBodyDecoderTest {
    private final IOException broken = new TruncatedChunkException("cut");
    private final ByteBuffer target = ByteBuffer.allocate(100);

    /** Writes {@code text} and throws {@link #broken} in one step. */
    private ContentDecoder breaking(String text) {
        return new ContentDecoder() {
            private boolean completed;

            @Override
            public int read(ByteBuffer out) throws IOException {
                out.put(text.getBytes(StandardCharsets.US_ASCII));
                completed = true;
                throw broken;
            }

            @Override
            public boolean isCompleted() {
                return completed;
            }

            @Override
            public List<? extends Header> getTrailers() {
                return List.of();
            }
        };
    }

    private String received() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(target.array(), 0, target.position());
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void bytesBeforeTheBreakAreDelivered() throws Exception {
        BrokenBodyDecoder decoder = new BrokenBodyDecoder(breaking("last words"));
        target.put((byte) '>');
        assertThat(decoder.read(target)).isEqualTo(10);
        assertThat(received()).isEqualTo(">last words");
        assertThat(decoder.isBroken()).isTrue();
        assertThat(decoder.isCompleted()).as("not before the break is reported").isFalse();
        assertThatThrownBy(() -> decoder.read(target)).isSameAs(broken);
    }

    @Test
    void breakWithoutBytesIsReportedAtOnce() {
        assertThatThrownBy(() -> new BrokenBodyDecoder(breaking("")).read(target))
                .isSameAs(broken);
    }
}
