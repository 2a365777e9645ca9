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
package io.github.camelstackai.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A request, complete before any of it is sent.
 *
 * @param method {@code GET} or {@code POST}
 * @param uri absolute, its path and query percent-encoded
 * @param headers names and values in the order they are sent
 * @param body null for a request without one
 */
public record OutboundRequest(String method, URI uri, List<Map.Entry<String, String>> headers, byte[] body) {
    /** The same request with one header more. */
    public OutboundRequest with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new OutboundRequest(method, uri, List.copyOf(more), body);
    }

    /** Whether {@code text} repeats the credential that the request bears. */
    boolean shows(String text) {
        return headers.stream()
                .filter(header -> header.getKey().equals("Authorization"))
                .map(header -> header.getValue().substring(header.getValue().indexOf(' ') + 1))
                .anyMatch(text::contains);
    }

    /** Without headers and body, which may hold credentials and personal data. */
    @Override
    public String toString() {
        return method + " " + uri;
    }
}
