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
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the service is, or what issues its tokens, as users write it. {@link URI} alone knows no host in names with an underscore,
 * with a last part that begins with a digit, or with letters beyond ASCII.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in ASCII, an IPv6 address in brackets
 * @param port -1 for that of the scheme
 * @param path percent-encoded; empty, or it begins with a slash
 */
public record ServiceAddress(String scheme, String host, int port, String path) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern ABSOLUTE = Pattern.compile("^https?://[^/?#]", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\[\\]]+]|[^:\\[\\]]+)(?::(\\d*))?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~-]{1,253}");
    /** Letters that Java's IDN maps to others, and browsers do not: the name would be that of another host. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\u00DF\u1E9E\u03C2\u200C\u200D]");

    /**
     * Parses an absolute URL.
     *
     * @throws IllegalArgumentException if it is anything but an http or https URL with at most a path; without the URL, which may
     *     hold a secret
     */
    public static ServiceAddress parse(String url) {
        if (!ABSOLUTE.matcher(url.strip()).find()) {
            throw new IllegalArgumentException("not an absolute http or https URL");
        }
        URI uri = uri(url);
        if (uri.getRawAuthority().contains("@") || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("has a user, a query or a fragment");
        }
        Matcher authority = AUTHORITY.matcher(uri.getRawAuthority());
        if (!authority.matches()) {
            throw new IllegalArgumentException("has more between // and / than a host and the digits of a port");
        }
        String host = authority.group(1).startsWith("[") ? authority.group(1) : ascii(authority.group(1));
        return new ServiceAddress(
                uri.getScheme().toLowerCase(Locale.ROOT), host, port(authority.group(2)), encoded(uri.getRawPath()));
    }

    /** Parses a URL, also a relative one. */
    static URI uri(String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + e.getReason() + " at index " + e.getIndex());
        }
    }

    /**
     * The host in the form in which it is looked up.
     *
     * @param host a name, or an IP address, with or without brackets if it is IPv6
     * @throws IllegalArgumentException if it is not a host, such as one with a port or a scheme
     */
    public static String host(String host) {
        if (!host.contains(":")) {
            return ascii(host);
        }
        String address = host.startsWith("[") ? host : "[" + host + "]";
        try {
            if (address.equals(new URI("http://" + address).getHost())) {
                return address;
            }
        } catch (URISyntaxException e) {
            // as any other text that is none
        }
        throw new IllegalArgumentException("must be a name or an address alone, without scheme, port and path");
    }

    private static String ascii(String name) {
        if (AMBIGUOUS.matcher(name).find()) {
            throw new IllegalArgumentException(
                    "the host has a letter that is ambiguous; write its form in ASCII, xn--…");
        }
        try {
            String ascii = IDN.toASCII(name);
            if (HOST.matcher(ascii).matches()) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // as any other name that is none
        }
        throw new IllegalArgumentException("the host is not a valid name; write a name beyond ASCII in its form xn--…");
    }

    private static int port(String digits) {
        if (digits == null || digits.isEmpty()) {
            return -1;
        }
        int port = digits.length() > 5 ? MAX_PORT + 1 : Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "has the port " + Excerpt.of(digits) + ", which is not between 1 and " + MAX_PORT);
        }
        return port;
    }

    private static String encoded(String path) {
        return path.isEmpty()
                ? ""
                : URI.create("http://host" + path).toASCIIString().substring("http://host".length());
    }

    /** The same address without slashes at its end. */
    ServiceAddress withoutTrailingSlashes() {
        return new ServiceAddress(scheme, host, port, path.replaceAll("/+$", ""));
    }

    /** The URL. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port < 0 ? "" : ":" + port) + path;
    }
}
