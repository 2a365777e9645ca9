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
package io.github.camelstackai.examples.doctor;

import java.time.Duration;

/**
 * The times that checks compare with.
 *
 * @param latency of a call that runs no flow
 * @param clock the difference between the clocks
 * @param expiry how long the certificate has to be valid
 * @param silence how long a connection has to stay open without a byte
 * @param logged how long the examination waits for a run in the log, and for a file to be indexed
 * @param poll the time between two looks there
 * @param burst a body that arrives within this time may have been held back
 * @param call of a call that runs no flow, at most
 * @param run of a run or a stream, at most
 */
record Limits(
        Duration latency,
        Duration clock,
        Duration expiry,
        Duration silence,
        Duration logged,
        Duration poll,
        Duration burst,
        Duration call,
        Duration run) {
    static final Limits USUAL = new Limits(
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofDays(14),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofMinutes(15));

    private static final Duration QUICK = Duration.ofSeconds(5);

    /** For calls that must not hold up the end. */
    Limits quick() {
        return new Limits(latency, clock, expiry, QUICK, logged, poll, burst, QUICK, QUICK);
    }
}
