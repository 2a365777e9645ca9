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

import io.github.camelstackai.text.Excerpt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Addresses of the service's operations. Every part from outside is encoded, so that it remains one part. */
public final class ServiceUri {
    private static final String HEX = "0123456789ABCDEF";

    /** Servers accept 4 to 8 KiB, and Camel takes quadratic time to hide secrets in a URI. */
    private static final int MAX_LENGTH = 4096;

    private ServiceUri() {}

    /**
     * Checks a base URL and removes the slashes at its end.
     *
     * @throws IllegalArgumentException as {@link ServiceAddress#parse} does
     */
    public static URI base(String baseUrl) {
        return URI.create(ServiceAddress.parse(baseUrl).withoutTrailingSlashes().toString());
    }

    /**
     * Resolves the address of token requests.
     *
     * @param tokenUrl absolute, or relative to {@code baseUrl} as if that ended with a slash
     * @throws IllegalArgumentException if the result is not an http or https URL with at most a path
     */
    public static URI tokenUri(String baseUrl, String tokenUrl) {
        URI uri = URI.create(base(baseUrl) + "/").resolve(ServiceAddress.uri(tokenUrl));
        return URI.create(ServiceAddress.parse(uri.toString()).toString());
    }

    /**
     * Refuses what cannot be one segment of a path.
     *
     * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}
     */
    public static void checkSegment(String value) {
        if (value.isBlank() || ".".equals(value) || "..".equals(value)) {
            throw new IllegalArgumentException("'" + Excerpt.of(value) + "' cannot be part of a path");
        }
    }

    /**
     * What follows the base URL in the address {@code base/inference/v0/operation/org/flow/suffix?query}.
     *
     * @param base as {@link #base} returns it
     * @param operation path of the operation, such as {@code run} or {@code sso/stream}; not encoded
     * @param suffix what follows the flow, with its slash; not encoded, empty for nothing
     * @param query parameters in the order they are sent; may be empty
     * @throws IllegalArgumentException as {@link #checkSegment} does, and if the address exceeds 4096 characters
     */
    public static String of(
            URI base, String operation, String org, String flow, String suffix, Map<String, String> query) {
        StringBuilder path = new StringBuilder("/inference/v0/").append(operation);
        append(path, org);
        append(path, flow);
        return complete(base, path.append(suffix), query);
    }

    /**
     * What follows the base URL in the address {@code base/path?query}.
     *
     * @param base as {@link #base} returns it
     * @param path its segments
     * @param query parameters in the order they are sent; may be empty
     * @throws IllegalArgumentException as {@link #checkSegment} does, and if the address exceeds 4096 characters
     */
    public static String of(URI base, List<String> path, Map<String, String> query) {
        StringBuilder segments = new StringBuilder();
        path.forEach(segment -> append(segments, segment));
        return complete(base, segments, query);
    }

    private static void append(StringBuilder path, String segment) {
        checkSegment(segment);
        path.append('/').append(encode(segment));
    }

    private static String complete(URI base, StringBuilder path, Map<String, String> query) {
        if (!query.isEmpty()) {
            path.append('?').append(parameters(query));
        }
        int length = base.toString().length() + path.length();
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("The address of the call is " + length
                    + " characters long; correct what it names: organisation, flow, run, user or file");
        }
        return path.toString();
    }

    private static String parameters(Map<String, String> query) {
        return query.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    private static boolean isUnreserved(String value) {
        for (int i = 0; i < value.length(); i++) { // a loop, since it runs for each call
            if (!isUnreserved(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String encode(String value) {
        if (isUnreserved(value)) {
            return value; // as nearly all ids
        }
        StringBuilder encoded = new StringBuilder(value.length());
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
            }
        }
        return encoded.toString();
    }
}
