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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Opens connections to the target, step by step, so that a failure names its step. */
final class Wire {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int PROXY_AUTHENTICATION = 407;

    private final Target target;

    Wire(Target target) {
        this.target = target;
    }

    /** @throws ConnectionFailure with the check of the step that failed */
    Link open() throws IOException {
        long start = System.nanoTime();
        InetAddress[] addresses =
                resolve(target.proxy() == null ? target.host() : target.proxy().host());
        long resolved = System.nanoTime();
        Socket socket = connect(addresses);
        long connected = System.nanoTime();
        try {
            PresentedChain chain = new PresentedChain(target.trust());
            String protocol = null;
            if (target.secure()) {
                tunnel(socket);
                SSLSocket secured = secure(socket, chain);
                protocol = secured.getSession().getProtocol();
                socket = secured;
            }
            return new Link(
                    socket,
                    addresses.length,
                    Duration.ofNanos(resolved - start),
                    Duration.ofNanos(connected - resolved),
                    Duration.ofNanos(System.nanoTime() - connected),
                    protocol,
                    chain.certificates());
        } catch (IOException e) {
            socket.close();
            throw e;
        } catch (GeneralSecurityException e) {
            socket.close();
            throw new IOException("Java has no TLS", e);
        }
    }

    private static InetAddress[] resolve(String host) throws ConnectionFailure {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw failure(Check.DNS, "no address", host + " has no address");
        }
    }

    /** Tries one address after the other. */
    private Socket connect(InetAddress[] addresses) throws ConnectionFailure {
        int port = target.proxy() == null ? target.port() : target.proxy().port();
        IOException failure = null;
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                failure = e;
            }
        }
        String seen = failure.getClass().getSimpleName();
        throw failure(Check.TCP, seen, addresses[0] + " port " + port + ": " + failure.getMessage());
    }

    private void tunnel(Socket socket) throws IOException {
        if (target.proxy() == null) {
            return;
        }
        String place = target.host() + ":" + target.port();
        String request = "CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n"
                + target.proxy().header() + "\r\n";
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            Duration wait = Duration.ofMillis(CONNECT_MILLIS);
            Head head = Head.read(new TimedInput(socket, System.nanoTime() + wait.toNanos(), wait));
            checkProxy(head.status(), true);
        } catch (ConnectionFailure e) {
            throw e;
        } catch (IOException e) {
            throw failure(Check.PROXY, "no answer to CONNECT", target.proxy() + ": " + e.getMessage());
        }
    }

    /**
     * @param tunnel whether the answer is the proxy's, not the service's
     * @throws ConnectionFailure if the proxy does not forward the call
     */
    void checkProxy(int status, boolean tunnel) throws ConnectionFailure {
        if (status == PROXY_AUTHENTICATION && target.proxy() != null) {
            throw failure(Check.PROXY, "it asks for a user and a password (407)", "proxy " + target.proxy());
        }
        if (tunnel && status / 100 != 2) {
            throw failure(Check.PROXY, "it refuses the host (" + status + ")", "proxy " + target.proxy());
        }
    }

    private SSLSocket secure(Socket socket, PresentedChain chain) throws IOException, GeneralSecurityException {
        SSLSocket secured =
                (SSLSocket) chain.context().getSocketFactory().createSocket(socket, target.host(), target.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(CONNECT_MILLIS);
        try {
            secured.startHandshake();
            return secured;
        } catch (IOException e) {
            throw new ConnectionFailure(
                    Check.TLS_TRUST,
                    chain.certificates().isEmpty() ? "no handshake" : "the certificate is not trusted",
                    e.getMessage(),
                    chain.certificates());
        }
    }

    private static ConnectionFailure failure(Check check, String seen, String message) {
        return new ConnectionFailure(check, seen, message, List.of());
    }
}
