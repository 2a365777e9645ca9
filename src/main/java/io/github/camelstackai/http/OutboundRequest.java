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

import io.github.camelstackai.text.Redactor;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A request, complete before any of it is sent. Immutable.
 *
 * @param method such as {@code GET} or {@code POST}
 * @param base absolute URL without query, whose path is percent-encoded; parsed once for many requests
 * @param target what follows {@code base}: the rest of the path and the query, percent-encoded; may be empty
 * @param headers names and values in the order they are sent
 * @param body null for a request without one
 * @param credentials every credential that the request or its connection carries, none of which may be shown
 */
public record OutboundRequest(
        String method,
        URI base,
        String target,
        List<Map.Entry<String, String>> headers,
        RequestBody body,
        List<String> credentials) {
    /** The same request with one header more, whose value holds {@code credential}. */
    public OutboundRequest withCredential(String name, String value, String credential) {
        return new OutboundRequest(
                method, base, target, append(headers, Map.entry(name, value)), body, append(credentials, credential));
    }

    private static <T> List<T> append(List<T> list, T last) {
        if (list.isEmpty()) {
            return List.of(last);
        }
        List<T> longer = new ArrayList<>(list.size() + 1);
        longer.addAll(list);
        longer.add(last);
        return Collections.unmodifiableList(longer);
    }

    /** The absolute URL. */
    public String url() {
        return base + target;
    }

    /** Replaces the credentials of this request in text that comes back. */
    public Redactor redactor() {
        return Redactor.of(credentials);
    }

    /** Method and address, without headers and body, which hold credentials and personal data. */
    @Override
    public String toString() {
        return method + " " + url();
    }
}
