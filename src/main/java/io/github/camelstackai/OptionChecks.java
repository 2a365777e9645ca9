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

import io.github.camelstackai.auth.BearerToken;
import io.github.camelstackai.protocol.ServiceUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Refuses options that can never work, by their name, before anything is sent. */
final class OptionChecks {
    /** Nanoseconds of it, and of a sum of two, can be counted. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private OptionChecks() {}

    static void check(StackAiConfiguration options) {
        baseUrl(options.getBaseUrl());
        segment("orgId", options.getOrgId());
        credential("apiKey", options.getApiKey());
        named("input", options.getInput());
        if (options.getOutput() != null) {
            named("output", options.getOutput());
        }
        atLeast("version", options.getVersion(), -1);
        notNegative("responseTimeout", options.getResponseTimeout());
        notNegative("streamIdleTimeout", options.getStreamIdleTimeout());
        notNegative("totalTimeout", options.getTotalTimeout());
        atLeast("maxResponseSize", options.getMaxResponseSize(), 1);
        atLeast("streamBufferSize", options.getStreamBufferSize(), 1);
        notNegative("maxRetryAfter", options.getMaxRetryAfter());
    }

    /** Null is let pass: a header may name it. */
    static void segment(String option, String value) {
        if (value != null) {
            try {
                ServiceUri.checkSegment(value);
            } catch (IllegalArgumentException e) {
                throw refused(option, e.getMessage());
            }
        }
    }

    static void atLeast(String option, int value, int least) {
        if (value < least) {
            throw refused(option, value + " is less than " + least);
        }
    }

    static void notNegative(String option, Duration value) {
        if (value == null || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw refused(option, value + " is not a duration from zero to " + LONGEST.toDays() + " days");
        }
    }

    static void positive(String option, Duration value) {
        notNegative(option, value);
        if (value.isZero()) {
            throw refused(option, "it is zero");
        }
    }

    static void proxy(String host, Integer port, String username, String password) {
        if (host != null && port == null) {
            throw refused("proxyPort", "it is missing, and proxyHost is set");
        }
        if (port != null && (host == null || port < 1 || port > 65535)) {
            throw refused(host == null ? "proxyHost" : "proxyPort", "a proxy is a host and a port from 1 to 65535");
        }
        if ((username == null) != (password == null)) {
            throw refused(username == null ? "proxyUsername" : "proxyPassword", "one is set without the other");
        }
    }

    /** At most one source, and that one complete. */
    static void credentials(String apiKey, String username, String password, StackAiTokenProvider provider) {
        if ((username == null) != (password == null)) {
            throw refused(username == null ? "username" : "password", "it is missing, and the other of the two is set");
        }
        if (username != null) {
            named("username", username);
            named("password", password);
        }
        List<String> sources = new ArrayList<>();
        if (apiKey != null) {
            sources.add("apiKey");
        }
        if (username != null) {
            sources.add("username with password");
        }
        if (provider != null) {
            sources.add("tokenProvider");
        }
        if (sources.size() > 1) {
            throw new IllegalArgumentException(
                    "The component stackai has several credentials: " + String.join(", ", sources)
                            + "; keep one of them, and set apiKey on endpoints that need their own");
        }
    }

    static void tokenUrl(String baseUrl, String tokenUrl) {
        named("tokenUrl", tokenUrl);
        try {
            ServiceUri.tokenUri(baseUrl, tokenUrl);
        } catch (IllegalArgumentException e) {
            throw refused("tokenUrl", e.getMessage());
        }
    }

    private static void named(String option, String value) {
        if (value == null || value.isBlank()) {
            throw refused(option, "it is blank");
        }
    }

    private static void baseUrl(String value) {
        try {
            ServiceUri.base(value == null ? "" : value);
        } catch (IllegalArgumentException e) {
            throw refused("baseUrl", e.getMessage());
        }
    }

    private static void credential(String option, String value) {
        if (value != null && !BearerToken.isUsable(value)) {
            throw refused(option, "it is empty, or holds blanks or characters that a header cannot carry");
        }
    }

    private static IllegalArgumentException refused(String option, String why) {
        return new IllegalArgumentException("The option " + option + " of stackai cannot be used: " + why);
    }
}
