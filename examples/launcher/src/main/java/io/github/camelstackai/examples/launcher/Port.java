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
package io.github.camelstackai.examples.launcher;

import java.io.IOException;
import java.net.ServerSocket;

/** The port of an example that is an HTTP service. */
public final class Port {
    private static final String DEFAULT = "8080";

    private Port() {}

    /**
     * Checks the port before the service starts.
     *
     * @param variable the environment variable that replaces port 8080
     * @throws IllegalArgumentException if the value is not a port, or the port is in use
     */
    public static void check(String variable) {
        String port = System.getenv().getOrDefault(variable, DEFAULT);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException(variable + "=" + port + " is not a port");
        }
        try (ServerSocket socket = new ServerSocket(Integer.parseInt(port))) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "port " + port + " is in use; choose another: set " + variable + " in the environment", e);
        }
    }
}
