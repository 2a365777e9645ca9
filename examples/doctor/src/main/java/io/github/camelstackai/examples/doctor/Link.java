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

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * An open connection.
 *
 * @param addresses how many the name has
 * @param protocol of TLS; null without
 * @param chain the certificates that the host presented; empty without TLS
 */
record Link(
        Socket socket,
        int addresses,
        Duration resolving,
        Duration connecting,
        Duration securing,
        String protocol,
        List<X509Certificate> chain)
        implements Closeable {
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
