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
import io.github.camelstackai.protocol.ServiceAddress;
import io.github.camelstackai.protocol.ServiceUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rejects option values that cannot work, before anything is sent.
 *
 * <p>Each check throws an {@link IllegalArgumentException} that names the option. It never contains a secret.
 */
final class OptionChecks {
    /** The nanoseconds of two such durations together fit into a {@code long}. */
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
        if (options.getOutputClass() != null) {
            named("outputClass", options.getOutputClass());
        }
        if (options.getChunkUri() != null) {
            named("chunkUri", options.getChunkUri());
        }
        atLeast("version", options.getVersion(), -1);
        notNegative("responseTimeout", options.getResponseTimeout());
        notNegative("streamIdleTimeout", options.getStreamIdleTimeout());
        notNegative("totalTimeout", options.getTotalTimeout());
        atLeast("maxResponseSize", options.getMaxResponseSize(), 1);
        atLeast("streamBufferSize", options.getStreamBufferSize(), 1);
        notNegative("maxRetryAfter", options.getMaxRetryAfter());
        RunOptions.check(options);
        FileOptionChecks.check(options);
    }

    /** Null is valid: a header may name the segment. */
    static void segment(String option, String value) {
        if (value != null) {
            try {
                ServiceUri.checkSegment(value);
            } catch (IllegalArgumentException e) {
                throw invalid(option, e.getMessage());
            }
        }
    }

    static void atLeast(String option, int value, int minimum) {
        if (value < minimum) {
            throw invalid(option, value + " is less than the minimum, " + minimum);
        }
    }

    static void notNegative(String option, Duration value) {
        if (value == null || value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw invalid(option, value + " is not a duration between 0 and " + LONGEST.toDays() + " days");
        }
    }

    static void positive(String option, Duration value) {
        notNegative(option, value);
        if (value.isZero()) {
            throw invalid(option, "must be greater than 0");
        }
    }

    static void proxy(String host, Integer port, String username, String password) {
        if (host != null && port == null) {
            throw invalid("proxyPort", "required if proxyHost is set");
        }
        if (host == null && port != null) {
            throw invalid("proxyHost", "required if proxyPort is set");
        }
        if (port != null && (port < 1 || port > 65535)) {
            throw invalid("proxyPort", port + " is not between 1 and 65535");
        }
        if (host != null) {
            proxyHost(host);
        }
        together("proxyUsername", username, "proxyPassword", password);
    }

    private static void proxyHost(String host) {
        named("proxyHost", host);
        try {
            ServiceAddress.host(host);
        } catch (IllegalArgumentException e) {
            throw invalid("proxyHost", e.getMessage());
        }
    }

    /** The component has at most one credential, and that one is complete. */
    static void credentials(String apiKey, String username, String password, StackAiTokenProvider provider) {
        together("username", username, "password", password);
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
            throw new IllegalArgumentException("The stackai component has several credentials: "
                    + String.join(", ", sources) + "; keep one, and set apiKey on each endpoint that needs another");
        }
    }

    private static void together(String one, String first, String other, String second) {
        if ((first == null) != (second == null)) {
            throw first == null
                    ? invalid(one, "required if " + other + " is set")
                    : invalid(other, "required if " + one + " is set");
        }
    }

    static void tokenUrl(String baseUrl, String tokenUrl) {
        named("tokenUrl", tokenUrl);
        try {
            ServiceUri.tokenUri(baseUrl, tokenUrl);
        } catch (IllegalArgumentException e) {
            throw invalid("tokenUrl", e.getMessage());
        }
    }

    /** An option of an endpoint must have an effect; one that the component sets for all need not have it on each. */
    static void chunkUri(StackAiOperation operation, StackAiConfiguration options, StackAiConfiguration defaults) {
        boolean stream = operation == StackAiOperation.STREAM;
        boolean inherited = Objects.equals(options.getChunkUri(), defaults.getChunkUri());
        boolean collected = stream && options.getStreamMode() == StackAiStreamMode.COLLECT;
        if (options.getChunkUri() != null && !collected && (stream || !inherited)) {
            throw invalid("chunkUri", "it needs the operation stream with streamMode=collect");
        }
    }

    static void named(String option, String value) {
        if (value == null || value.isBlank()) {
            throw invalid(option, "must not be blank");
        }
    }

    /** For an enum, which a bean can set to null. */
    static void present(String option, Object value) {
        if (value == null) {
            throw invalid(option, "must not be null");
        }
    }

    private static void baseUrl(String value) {
        try {
            ServiceUri.base(value == null ? "" : value);
        } catch (IllegalArgumentException e) {
            throw invalid("baseUrl", e.getMessage());
        }
    }

    private static void credential(String option, String value) {
        if (value != null && !BearerToken.isUsable(value)) {
            throw invalid(option, "must be printable ASCII without spaces, at most 16384 characters");
        }
    }

    static IllegalArgumentException invalid(String option, String reason) {
        return new IllegalArgumentException("Invalid stackai option " + option + ": " + reason);
    }
}
