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
package io.github.camelstackai.runlog;

import io.github.camelstackai.protocol.LoggedRun;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.spi.IdempotentRepository;

/**
 * The runs that have been processed: in memory those that the log may show again, and all in the repository, if there is one. Not
 * thread-safe.
 */
final class SeenRuns {
    private final IdempotentRepository repository;
    private final Supplier<Instant> clock;
    /** By key, the date. */
    private final Map<String, Instant> recent = new HashMap<>();
    /** By key, when a run without a date was listed last. */
    private final Map<String, Instant> undated = new HashMap<>();

    /** @param repository null for none */
    SeenRuns(IdempotentRepository repository, Supplier<Instant> clock) {
        this.repository = repository;
        this.clock = clock;
    }

    boolean contains(LoggedRun run) {
        String key = run.key();
        boolean contained = recent.containsKey(key) || undated.containsKey(key) || contains(key);
        if (contained) {
            remember(run);
        }
        return contained;
    }

    void add(LoggedRun run) {
        remember(run);
        add(run.key());
    }

    private void remember(LoggedRun run) {
        if (run.isDated()) {
            recent.put(run.key(), run.date());
        } else {
            undated.put(run.key(), clock.get());
        }
    }

    /** Whether the repository contains a key, be it that of a run or another one. */
    boolean contains(String key) {
        return repository != null && repository.contains(key);
    }

    /** Adds a key to the repository, be it that of a run or another one. */
    void add(String key) {
        if (repository != null) {
            repository.add(key);
            repository.confirm(key);
        }
    }

    /** Removes from memory runs before a date, and runs without a date that have not been listed since {@code listed}. */
    void forgetBefore(Instant date, Instant listed) {
        recent.values().removeIf(seen -> seen.isBefore(date));
        undated.values().removeIf(seen -> seen.isBefore(listed));
    }
}
