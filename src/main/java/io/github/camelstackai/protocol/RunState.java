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
package io.github.camelstackai.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The states of a run that the service documents. A service may have more: its answers are text. */
public enum RunState {
    PENDING,
    PAUSED,
    RESUMED,
    COMPLETED,
    FAILED,
    CANCELLED;

    private static final Set<String> UNFINISHED = Set.of(PENDING.name(), RESUMED.name());
    private static final Set<String> ENDED = Set.of(COMPLETED.name(), FAILED.name(), CANCELLED.name());

    /**
     * The state with this name, in any case.
     *
     * @throws IllegalArgumentException if there is no such state; its message lists them all
     */
    public static RunState of(String name) {
        return Arrays.stream(values())
                .filter(state -> state.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "is none of " + Arrays.toString(values()).replaceAll("[\\[\\]]", "")));
    }

    /** Whether a run in this state has yet to end or to pause. */
    static boolean isUnfinished(String state) {
        return UNFINISHED.contains(state.toUpperCase(Locale.ROOT));
    }

    /** Whether a run in this state has ended. */
    public boolean isEnd() {
        return ENDED.contains(name());
    }

    static boolean isEnded(String state) {
        return ENDED.contains(state.toUpperCase(Locale.ROOT));
    }

    static boolean isPaused(String state) {
        return PAUSED.name().equalsIgnoreCase(state);
    }
}
