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

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteAccumulatorTest {
    private final ByteAccumulator bytes = new ByteAccumulator(1000);

    @Test
    void bytesAreAppendedInTheirOrder() {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            bytes.add(Slice.of(i + ","));
            expected.append(i).append(',');
        }
        assertThat(bytes.content().text()).isEqualTo(expected.toString());
        assertThat(bytes.size()).isEqualTo(expected.length());
    }

    @Test
    void roomIsThatOfTheLimitOrOfWhatIsHeld() {
        bytes.add(Slice.of("x".repeat(600)));
        assertThat(bytes.content().array()).hasSizeLessThanOrEqualTo(1000);
        bytes.add(Slice.of("x".repeat(600)));
        assertThat(bytes.content().array()).hasSize(1200);
    }

    @Test
    void roomOfOneLargeFrameIsGivenBack() {
        ByteAccumulator large = new ByteAccumulator(100_000);
        large.add(Slice.of("x".repeat(100_000)));
        large.clear();
        assertThat(large.size()).isZero();
        assertThat(large.content().array()).hasSizeLessThan(10_000);
        large.add(Slice.of("abc"));
        assertThat(large.content().text()).isEqualTo("abc");
    }
}
