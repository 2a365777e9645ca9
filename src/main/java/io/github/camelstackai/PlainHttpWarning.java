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
package io.github.camelstackai;

import io.github.camelstackai.protocol.ServiceAddress;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once for each host that a credential is sent to it without TLS. Thread-safe. */
final class PlainHttpWarning {
    private static final Logger LOG = LoggerFactory.getLogger(StackAiComponent.class);
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d+){3}|\\[::1]|(.+\\.)?localhost");

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /**
     * Logs a warning if {@code url} is plain http to another host than the local one.
     *
     * @param option the option that names {@code url}
     * @param url absolute; {@link OptionChecks} has accepted it
     */
    void check(String option, String url) {
        ServiceAddress address = ServiceAddress.parse(url);
        String host = address.host().toLowerCase(Locale.ROOT);
        boolean exposed =
                "http".equals(address.scheme()) && !LOOPBACK.matcher(host).matches();
        if (exposed && warned.add(host)) {
            LOG.warn(
                    "StackAI: the credential is sent in the clear to host {}; use https in the option {} unless the"
                            + " network is trusted",
                    host,
                    option);
        }
    }
}
