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
package io.github.camelstackai.http.apache;

/** Progress of the attempt. */
enum Stage {
    /** Waiting for a connection from the pool. */
    WAITING,
    /** A connection is being opened. */
    CONNECTING,
    /** The connection is new; no byte of the request has been written to it. */
    CONNECTED,
    /** The connection has served other calls; no byte of the request has been written to it. */
    REUSED,
    /** A part of the request has been passed to the connection; its end has not. */
    SENDING,
    /** The whole request has been passed to the connection, and may be on the wire. */
    SENT,
    /** Failed or aborted; nothing more is written. */
    CLOSED;

    /** Whether a part of the request may be on the wire. */
    boolean isBegun() {
        return this == SENDING || this == SENT;
    }

    /** The stage once the end of the request has been passed to the connection. */
    Stage sent() {
        return this == SENDING ? SENT : this;
    }

    /** The stage once a connection is being opened. A request that a proxy answered with a challenge is sent to the proxy only. */
    Stage connecting() {
        return this == WAITING || isBegun() ? CONNECTING : this;
    }

    /** The stage once there is a connection. */
    Stage connected() {
        return switch (this) {
            case WAITING -> REUSED;
            case CLOSED -> CLOSED;
            default -> CONNECTED;
        };
    }
}
