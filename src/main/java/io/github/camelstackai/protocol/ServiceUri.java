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
package io.github.camelstackai.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Addresses of the service's operations. Every part that comes from outside is encoded, so that it stays one part. */
public final class ServiceUri {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String HEX = "0123456789ABCDEF";

    private static final int MAX_PORT = 65_535;
    /** Longer than any that is meant; servers take 4 to 8 KiB, and Camel takes quadratic time to hide secrets in one. */
    private static final int MAX_LENGTH = 4096;

    private ServiceUri() {}

    /**
     * Checks a base URL and takes a trailing slash off.
     *
     * @throws IllegalArgumentException when it is anything but an absolute http or https URL with at most a path
     */
    public static String base(String baseUrl) {
        URI uri = parse(baseUrl.strip());
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("not an absolute http or https URL");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("has a user, a query or a fragment");
        }
        if (uri.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("has the port " + uri.getPort());
        }
        String text = uri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * A URL of the user's.
     *
     * @throws IllegalArgumentException when it is none; without the URL, which may hold a secret
     */
    public static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + e.getReason() + " at index " + e.getIndex());
        }
    }

    /**
     * Refuses what cannot stand as one segment of a path.
     *
     * @throws IllegalArgumentException when it is empty, {@code .} or {@code ..}
     */
    public static void checkSegment(String value) {
        if (value.isBlank() || ".".equals(value) || "..".equals(value)) {
            throw new IllegalArgumentException("'" + Excerpt.of(value) + "' cannot stand in a path");
        }
    }

    /**
     * {@code base/inference/v0/operation/org/flow/suffix?query}.
     *
     * @param base as {@link #base} returns it
     * @param operation path of the operation, such as {@code run} or {@code sso/stream}; taken as it is
     * @param suffix what follows the flow, with its slash; taken as it is, empty for nothing
     * @param query parameters in the order they are sent; empty for none
     * @throws IllegalArgumentException as {@link #checkSegment} does, and when it is too long to be meant
     */
    public static URI of(
            String base, String operation, String org, String flow, String suffix, Map<String, String> query) {
        checkSegment(org);
        checkSegment(flow);
        String parameters = query.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        String path = base + "/inference/v0/" + operation + "/" + encode(org) + "/" + encode(flow) + suffix;
        String uri = parameters.isEmpty() ? path : path + "?" + parameters;
        if (uri.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("The address of the call is " + uri.length()
                    + " characters long; correct the organisation, the flow, or the run id");
        }
        return URI.create(uri);
    }

    private static String encode(String value) {
        StringBuilder encoded = new StringBuilder(value.length());
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
            }
        }
        return encoded.toString();
    }
}
