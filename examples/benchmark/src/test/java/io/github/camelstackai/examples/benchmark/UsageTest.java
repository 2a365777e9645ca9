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
package io.github.camelstackai.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final int MEBIBYTE = 1 << 20;

    private byte[] kept;

    private void allocate(int mebibytes) {
        for (int i = 0; i < mebibytes; i++) {
            kept = new byte[MEBIBYTE];
        }
    }

    @Test
    void endOfAThreadDoesNotReduceTheBytesOfOthers() throws Exception {
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            allocate(100);
            allocated.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        other.start();
        allocated.await();
        Usage begin = Usage.now();
        end.countDown();
        other.join();
        allocate(10);
        assertThat(Usage.now().since(begin).allocated()).isBetween(10L * MEBIBYTE, 20L * MEBIBYTE);
        assertThat(kept).hasSize(MEBIBYTE);
    }
}
