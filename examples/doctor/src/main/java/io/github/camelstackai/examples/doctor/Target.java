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

import java.net.URI;
import java.net.URISyntaxException;
import java.security.KeyStore;

/**
 * What is examined.
 *
 * @param proxy null for none
 * @param trust null for the certificates that Java trusts
 */
record Target(URI base, String apiKey, String orgId, String flowId, Proxy proxy, KeyStore trust) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    Target {
        if (!apiKey.matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException(
                    "the API key is empty, or has a character that no key has: check STACKAI_API_KEY");
        }
    }

    /**
     * @throws IllegalArgumentException if {@code baseUrl} is no address of a web server, or has more than scheme, host and path; the
     *     message does not repeat it, since it may have a credential
     */
    static URI base(String baseUrl) {
        if (baseUrl.matches("(?s).*[@?#].*")) {
            throw new IllegalArgumentException(
                    "STACKAI_BASE_URL has a user name or a query, which can be secret; leave them out");
        }
        try {
            URI base = new URI(baseUrl.replaceAll("/+$", ""));
            if (base.getHost() != null && ("http".equals(base.getScheme()) || "https".equals(base.getScheme()))) {
                return base;
            }
        } catch (URISyntaxException e) {
            // as an address of another kind
        }
        throw new IllegalArgumentException("STACKAI_BASE_URL is not an http or https address");
    }

    boolean secure() {
        return "https".equals(base.getScheme());
    }

    int port() {
        if (base.getPort() > 0) {
            return base.getPort();
        }
        return secure() ? HTTPS : HTTP;
    }

    String host() {
        return base.getHost();
    }

    /** Host and port as in a request. */
    String authority() {
        return base.getPort() > 0 ? host() + ":" + base.getPort() : host();
    }

    /** Has no credential. */
    @Override
    public String toString() {
        return "flow " + flowId + " of organisation " + orgId + " at " + base;
    }
}
