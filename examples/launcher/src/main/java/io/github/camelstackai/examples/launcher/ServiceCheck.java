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
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.util.Set;

/** Asks the service whether it is there and takes the API key, by a call that runs no flow. */
final class ServiceCheck {
    private static final Set<Integer> REFUSED = Set.of(401, 403);
    private static final int TIMEOUT_MILLIS = 10_000;

    private ServiceCheck() {}

    /** @throws IllegalArgumentException if the service cannot be reached or refuses the key */
    static void check(String baseUrl, String apiKey, String orgId, String flowId) {
        try {
            int status =
                    status(address("%s/inference/v0/run/%s/%s/metadata".formatted(baseUrl, orgId, flowId)), apiKey);
            if (REFUSED.contains(status)) {
                throw new IllegalArgumentException(
                        baseUrl + " refuses the API key (status " + status + "): check STACKAI_API_KEY");
            }
        } catch (UnknownHostException e) {
            throw unreachable(baseUrl, "unknown host", e);
        } catch (IOException e) {
            throw unreachable(baseUrl, e.getMessage(), e);
        }
    }

    private static URL address(String address) {
        try {
            return new URL(address).toURI().toURL();
        } catch (MalformedURLException | URISyntaxException e) {
            throw new IllegalArgumentException(
                    address + " is not an address: check STACKAI_BASE_URL, STACKAI_ORG_ID and STACKAI_FLOW_ID", e);
        }
    }

    private static int status(URL metadata, String apiKey) throws IOException {
        HttpURLConnection call = (HttpURLConnection) metadata.openConnection();
        call.setConnectTimeout(TIMEOUT_MILLIS);
        call.setReadTimeout(TIMEOUT_MILLIS);
        call.setInstanceFollowRedirects(false);
        call.setRequestProperty("Authorization", "Bearer " + apiKey);
        try {
            return call.getResponseCode();
        } finally {
            call.disconnect();
        }
    }

    private static IllegalArgumentException unreachable(String baseUrl, String reason, IOException cause) {
        return new IllegalArgumentException(
                "no connection to " + baseUrl + " (" + reason
                        + "): check STACKAI_BASE_URL, and that the service is running",
                cause);
    }
}
