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
    private final List<Long> started = new ArrayList<>();

    private CompletableFuture<Void> submit(long offset, String key) {
        CompletableFuture<Void> run = new CompletableFuture<>();
        ledger.submit(offset, key, () -> {
            started.add(offset);
            return run;
        });
        return run;
    }

    @Test
    void positionIsTheOldestEventInFlight() {
        assertThat(ledger.position()).isEmpty();
        CompletableFuture<Void> oldest = submit(5, "a");
        CompletableFuture<Void> younger = submit(6, "b");
        younger.complete(null);
        assertThat(ledger.position()).hasValue(5);
        assertThat(ledger.span()).isEqualTo(2);
        oldest.complete(null);
        assertThat(ledger.position()).hasValue(7);
        assertThat(ledger.span()).isZero();
    }

    @Test
    void runsOneKeyInSequenceAndOthersConcurrently() {
        CompletableFuture<Void> first = submit(0, "a");
        submit(1, "a");
        submit(2, "b");
        submit(3, null);
        submit(4, null);
        assertThat(started).containsExactly(0L, 2L, 3L, 4L);
        first.complete(null);
        assertThat(started).endsWith(1L);
    }

    @Test
    void failedRunStaysInFlightAndBlocksItsKey() {
        CompletableFuture<Void> first = submit(0, "a");
        submit(1, "a");
        submit(2, "b").complete(null);
        first.completeExceptionally(new IllegalStateException("stopped"));
        submit(3, "a");
        assertThat(started).containsExactly(0L, 2L);
        assertThat(ledger.position()).hasValue(0);
    }

    @Test
    void closeStartsNothingAndWaitsForStartedEvents() {
        CompletableFuture<Void> running = submit(0, "a");
        submit(1, "a");
        CompletableFuture<Void> ended = ledger.close();
        assertThat(ended).isNotDone();
        running.complete(null);
        assertThat(ended).isDone();
        assertThat(started).containsExactly(0L);
        assertThat(ledger.position()).hasValue(1);
    }

    @Test
    void ignoresAnEventThatIsInFlight() {
        CompletableFuture<Void> run = submit(0, "a");
        submit(0, "a");
        run.complete(null);
        assertThat(started).containsExactly(0L);
        assertThat(ledger.position()).hasValue(1);
    }
}
