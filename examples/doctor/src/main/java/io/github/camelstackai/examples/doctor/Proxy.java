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

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A forward proxy.
 *
 * @param authorization user and password, separated by a colon; empty for none
 */
record Proxy(String host, int port, String authorization) {
    /**
     * @param address host and port
     * @throws IllegalArgumentException if it is something else
     */
    static Proxy of(String address, String authorization) {
        if (!address.matches("[^:/@]+:\\d{1,5}")) {
            throw new IllegalArgumentException("-Dproxy is not HOST:PORT; STACKAI_PROXY_AUTH has USER:PASSWORD");
        }
        int colon = address.indexOf(':');
        return new Proxy(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), authorization);
    }

    /** The header line with the credential, or nothing. */
    String header() {
        byte[] credential = authorization.getBytes(StandardCharsets.UTF_8);
        return authorization.isEmpty()
                ? ""
                : "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(credential) + "\r\n";
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
