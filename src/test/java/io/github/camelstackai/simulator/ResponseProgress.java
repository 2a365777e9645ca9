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
 * Counts the bytes of one response: how many it has, how many the socket has taken, where it is cut. Thread-safe; holds
 * its monitor for arithmetic only.
 */
final class ResponseProgress {
    private int stride = Integer.MAX_VALUE;
    private boolean cutAtEnd;
    private long limit = Long.MAX_VALUE;
    private long planned;
    private long sent;
    private boolean whole;

    synchronized void apply(ConnectionEffects effects) {
        ConnectionFault fault = effects.fault();
        stride = effects.trickle() == null
                ? Integer.MAX_VALUE
                : effects.trickle().bytes();
        cutAtEnd = fault != null && fault.atEnd();
        limit = fault == null || cutAtEnd ? Long.MAX_VALUE : fault.after();
    }

    /** These bytes will be sent; {@code last} when no others follow. */
    synchronized void plan(int bytes, boolean last) {
        planned += bytes;
        if (last) {
            whole = true;
            limit = cutAtEnd ? planned : limit;
        }
    }

    synchronized void sent(int bytes) {
        sent += Math.max(bytes, 0);
    }

    synchronized long sent() {
        return sent;
    }

    /** How many of {@code bytes} may be sent now. */
    synchronized int allowance(int bytes) {
        return (int) Math.min(Math.min(bytes, stride), limit - sent);
    }

    /** Whether the response could be over once {@code bytes} more are sent. */
    synchronized boolean mayEndWith(int bytes) {
        return sent + bytes >= limit || (whole && sent + bytes >= planned);
    }

    /** Whether the response is to be cut here. */
    synchronized boolean cutReached() {
        return sent >= limit;
    }

    /** Whether the socket has taken the whole response. */
    synchronized boolean complete() {
        return whole && sent >= planned;
    }
}
