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

import java.util.function.Supplier;

/** The bytes of a body that are not known when the response begins. Asked by one thread at a time. */
interface BodySource {
    /** The next bytes; empty if there are none yet; null at the end. */
    byte[] next();

    /** Runs the task once when {@link #next} is not empty any more, perhaps at once. */
    void whenReady(Runnable task);

    /** How the connection ends after the last bytes; null for a regular end. Valid when {@link #next} is null. */
    ConnectionFault.Kind fault();

    /** Bytes that a function returns at once. */
    static BodySource of(Supplier<byte[]> function) {
        return new BodySource() {
            @Override
            public byte[] next() {
                byte[] bytes = function.get();
                while (bytes != null && bytes.length == 0) {
                    bytes = function.get();
                }
                return bytes;
            }

            @Override
            public void whenReady(Runnable task) {
                task.run();
            }

            @Override
            public ConnectionFault.Kind fault() {
                return null;
            }
        };
    }
}
