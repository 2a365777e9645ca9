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
package io.github.camelstackai.route;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A route to an {@link Http2Peer}. */
abstract class Http2RouteTest extends RouteTest {
    static final String OK = "{\"outputs\":{\"out-0\":\"yes\"}}";

    @TempDir
    static Path folder;

    static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.in(folder, "good", "dns:localhost");
    }

    static Http2Peer peer(Http2Peer.Answer answer) throws Exception {
        return new Http2Peer(certificate.server(), answer);
    }

    private void use(Http2Peer peer) {
        component.getConfiguration().setBaseUrl(peer.baseUrl());
        component.setSslContextParameters(certificate.trusted());
    }

    /** Starts the context, without a route. */
    void start(Http2Peer peer) {
        use(peer);
        context.start();
    }

    void start(Http2Peer peer, String uri) throws Exception {
        use(peer);
        startRoute(uri);
    }

    /** Sends {@code piece} over and over, as much as the client lets come. */
    static void pour(Http2Peer.Request request, byte[] piece, AtomicLong sent) throws IOException {
        request.head(200, Map.of());
        for (int at = 0; !request.gone(); ) {
            int taken = request.data(Arrays.copyOfRange(piece, at, piece.length));
            at = (at + taken) % piece.length;
            sent.addAndGet(taken);
            if (taken == 0) {
                LockSupport.parkNanos(100_000);
            }
        }
    }
}
