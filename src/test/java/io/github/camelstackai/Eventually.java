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
package io.github.camelstackai;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** Conditions that hold after a short time. A condition is checked at once, so that one that holds costs no wait. */
public final class Eventually {
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Eventually() {}

    /** Waits up to five seconds until {@code assertion} no longer fails. */
    public static void eventually(String what, ThrowingRunnable assertion) {
        await(what).atMost(LIMIT).untilAsserted(assertion);
    }

    /** A condition that is checked at once and then every 10 ms. */
    public static ConditionFactory await(String what) {
        return Awaitility.await(what).pollDelay(Duration.ZERO).pollInterval(INTERVAL);
    }
}
