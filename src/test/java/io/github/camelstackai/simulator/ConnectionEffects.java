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
 * What a reply does to the connection beside its bytes.
 *
 * @param fault null for none
 * @param trickle null for full speed
 * @param beforeBody whether the reply starts as soon as the request's head has arrived
 */
record ConnectionEffects(ConnectionFault fault, Throttle trickle, boolean beforeBody) {
    static final ConnectionEffects NONE = new ConnectionEffects(null, null, false);

    ConnectionEffects with(ConnectionFault newFault) {
        return new ConnectionEffects(newFault, trickle, beforeBody);
    }

    ConnectionEffects with(Throttle newTrickle) {
        return new ConnectionEffects(fault, newTrickle, beforeBody);
    }

    ConnectionEffects early() {
        return new ConnectionEffects(fault, trickle, true);
    }

    /** Whether nothing at all is ever sent and the request's body is left unread. */
    boolean deaf() {
        return beforeBody && fault != null && fault.kind() == ConnectionFault.Kind.SILENCE && fault.after() == 0;
    }
}
