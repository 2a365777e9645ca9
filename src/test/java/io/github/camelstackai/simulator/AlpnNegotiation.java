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

import java.util.List;
import javax.net.ssl.SSLEngine;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.SSLSessionInitializer;

/** Records the protocols that a client offers in the TLS handshake (ALPN) and selects HTTP/1.1. For one connection. */
final class AlpnNegotiation implements SSLSessionInitializer {
    private static final String HTTP_1_1 = "http/1.1";
    private static final String NO_SELECTION = "";

    // Written by the I/O thread during the handshake.
    private volatile List<String> offered = List.of();

    @Override
    public void initialize(NamedEndpoint endpoint, SSLEngine engine) {
        engine.setHandshakeApplicationProtocolSelector((handshake, protocols) -> select(protocols));
    }

    private String select(List<String> protocols) {
        offered = List.copyOf(protocols);
        return protocols.contains(HTTP_1_1) ? HTTP_1_1 : NO_SELECTION;
    }

    /** In the client's order of preference; empty before the handshake, without TLS and without an offer. */
    List<String> offered() {
        return offered;
    }
}
