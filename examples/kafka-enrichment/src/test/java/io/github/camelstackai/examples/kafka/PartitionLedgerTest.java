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
package io.github.camelstackai.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PartitionLedgerTest {
    private final PartitionLedger ledger = new PartitionLedger();
    private final List<Long> begun = new ArrayList<>();

    private CompletableFuture<Void> take(long offset, String key) {
        CompletableFuture<Void> run = new CompletableFuture<>();
        ledger.take(offset, key, () -> {
            begun.add(offset);
            return run;
        });
        return run;
    }

    @Test
    void positionStaysAtTheOldestThatHasNotLeft() {
        assertThat(ledger.position()).isEmpty();
        CompletableFuture<Void> oldest = take(5, "a");
        CompletableFuture<Void> younger = take(6, "b");
        younger.complete(null);
        assertThat(ledger.position()).hasValue(5);
        assertThat(ledger.span()).isEqualTo(2);
        oldest.complete(null);
        assertThat(ledger.position()).hasValue(7);
        assertThat(ledger.span()).isZero();
    }

    @Test
    void oneKeyRunsInOrderAndOthersAtOnce() {
        CompletableFuture<Void> first = take(0, "a");
        take(1, "a");
        take(2, "b");
        take(3, null);
        take(4, null);
        assertThat(begun).containsExactly(0L, 2L, 3L, 4L);
        first.complete(null);
        assertThat(begun).endsWith(1L);
    }

    @Test
    void runThatFailsStaysUnderWayAndHoldsBackItsKey() {
        CompletableFuture<Void> first = take(0, "a");
        take(1, "a");
        take(2, "b").complete(null);
        first.completeExceptionally(new IllegalStateException("stopped"));
        take(3, "a");
        assertThat(begun).containsExactly(0L, 2L);
        assertThat(ledger.position()).hasValue(0);
    }

    @Test
    void nothingBeginsOnceClosedAndWhatHasBegunIsWaitedFor() {
        CompletableFuture<Void> running = take(0, "a");
        take(1, "a");
        CompletableFuture<Void> ended = ledger.close();
        assertThat(ended).isNotDone();
        running.complete(null);
        assertThat(ended).isDone();
        assertThat(begun).containsExactly(0L);
        assertThat(ledger.position()).hasValue(1);
    }

    @Test
    void eventUnderWayIsNotRunASecondTime() {
        CompletableFuture<Void> run = take(0, "a");
        take(0, "a");
        run.complete(null);
        assertThat(begun).containsExactly(0L);
        assertThat(ledger.position()).hasValue(1);
    }
}
