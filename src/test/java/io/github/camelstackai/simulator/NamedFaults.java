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

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Faults of a simulator, by name, for some of its requests. Thread-safe. */
final class NamedFaults {
    static final String NAMES = "a status from 400 to 599, cut, slow, silent or refuse";

    private static final int CUT_AFTER_BYTES = 150;
    private static final Duration SLOW = Duration.ofMillis(10);

    private final List<Reply> faults;
    private final int every;
    private final AtomicInteger requests = new AtomicInteger();

    /**
     * @param names the faults, separated by commas, which take turns
     * @param every the simulator fails each request whose number this divides
     * @throws IllegalArgumentException if a name is unknown or {@code every} is less than 1
     */
    NamedFaults(String names, int every) {
        if (every < 1) {
            throw new IllegalArgumentException("--fail-every is at least 1");
        }
        this.faults =
                Arrays.stream(names.split(",", -1)).map(NamedFaults::reply).toList();
        this.every = every;
    }

    /** The fault of the next request, or null. */
    Reply next() {
        int number = requests.incrementAndGet();
        return number % every == 0 ? faults.get((number / every - 1) % faults.size()) : null;
    }

    static Reply reply(String name) {
        return switch (name) {
            case "cut" -> Reply.usual().resetAfter(CUT_AFTER_BYTES);
            case "slow" -> Reply.usual().trickle(1, SLOW);
            case "silent" -> Reply.never();
            case "refuse" -> Reply.reset();
            default -> refusal(name);
        };
    }

    private static Reply refusal(String name) {
        if (!name.matches("[45]\\d\\d")) {
            throw new IllegalArgumentException("Unknown fault " + name + "; a fault is " + NAMES);
        }
        Reply reply = Reply.error(Integer.parseInt(name), "Failure on demand");
        return name.equals("429") || name.equals("503") ? reply.header("Retry-After", "1") : reply;
    }
}
