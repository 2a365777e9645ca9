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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SharedContentTest {
    private final byte[] target = new byte[4];
    private int closed;

    private SharedContent content(Runnable duringRead) {
        return new SharedContent(new ByteArrayInputStream(new byte[] {1, 2, 3}) {
            @Override
            public int readNBytes(byte[] to, int offset, int length) {
                duringRead.run();
                return super.readNBytes(to, offset, length);
            }

            @Override
            public void close() {
                closed++;
            }
        });
    }

    @Test
    void readsUpToTheEnd() throws Exception {
        SharedContent content = content(() -> {});
        assertThat(content.read(target, 2)).isEqualTo(2);
        assertThat(content.read(target, 4)).isEqualTo(1);
        assertThat(content.read(target, 4)).isZero();
    }

    @Test
    void isClosedOnceAndReadNoMore() {
        SharedContent content = content(() -> {});
        content.close();
        content.close();
        assertThat(closed).isEqualTo(1);
        assertThatThrownBy(() -> content.read(target, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void contentThatIsClosedDuringAReadIsClosedAfterIt() throws Exception {
        SharedContent[] content = new SharedContent[1];
        content[0] = content(() -> {
            content[0].close();
            assertThat(closed).as("while it is read").isZero();
        });
        assertThat(content[0].read(target, 2)).isEqualTo(2);
        assertThat(closed).isEqualTo(1);
    }
}
