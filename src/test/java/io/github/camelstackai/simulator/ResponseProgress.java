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

/**
 * Counts the bytes of one response: how many it has, how many the socket has accepted, where it is cut. Thread-safe; the
 * monitor is held for arithmetic alone.
 */
final class ResponseProgress {
    // Guarded by this.
    private int stride = Integer.MAX_VALUE;
    private boolean cutAtEnd;
    private long cut = Long.MAX_VALUE;
    private long planned;
    private long sent;
    private boolean whole;

    synchronized void limit(ConnectionEffects effects) {
        ConnectionFault fault = effects.fault();
        stride = effects.throttle() == null
                ? Integer.MAX_VALUE
                : effects.throttle().bytes();
        cutAtEnd = fault != null && fault.isAtEnd();
        cut = fault == null || cutAtEnd ? Long.MAX_VALUE : fault.after();
    }

    /** Adds bytes that will be sent; {@code last} if no others follow. */
    synchronized void plan(int bytes, boolean last) {
        planned += bytes;
        if (last) {
            whole = true;
            cut = cutAtEnd ? planned : cut;
        }
    }

    synchronized void addSent(int bytes) {
        sent += bytes;
    }

    synchronized long sent() {
        return sent;
    }

    /** How many of {@code bytes} may be sent now. */
    synchronized int allowance(int bytes) {
        return (int) Math.min(Math.min(bytes, stride), cut - sent);
    }

    /** Whether the socket has accepted all bytes before the cut. */
    synchronized boolean cutReached() {
        return cutReachedWith(0);
    }

    /** Whether {@code bytes} more reach the cut. */
    synchronized boolean cutReachedWith(int bytes) {
        return sent + bytes >= cut;
    }

    /** Whether {@code bytes} more complete the response, without a cut. */
    synchronized boolean completeWith(int bytes) {
        return whole && sent + bytes >= planned && !cutReachedWith(bytes);
    }
}
