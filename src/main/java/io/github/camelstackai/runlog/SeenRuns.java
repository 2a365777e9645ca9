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
import org.apache.camel.spi.IdempotentRepository;

/**
 * The runs that have been processed: in memory those that the log may show again, and all in the repository, if there is one. Not
 * thread-safe.
 */
final class SeenRuns {
    private final IdempotentRepository repository;
    private final Map<String, Instant> recent = new HashMap<>();

    /** @param repository null for none */
    SeenRuns(IdempotentRepository repository) {
        this.repository = repository;
    }

    boolean contains(LoggedRun run) {
        String key = run.key();
        if (!recent.containsKey(key) && contains(key)) {
            recent.put(key, run.date());
        }
        return recent.containsKey(key);
    }

    void add(LoggedRun run) {
        recent.put(run.key(), run.date());
        add(run.key());
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

    /** Removes what is older from memory. */
    void forgetBefore(Instant date) {
        recent.values().removeIf(seen -> seen.isBefore(date));
    }
}
