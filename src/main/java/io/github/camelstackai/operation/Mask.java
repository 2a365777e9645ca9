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
package io.github.camelstackai.operation;

import io.github.camelstackai.http.OutboundRequest;
import java.util.List;
import java.util.stream.Stream;

/** Hides a request's credentials in what comes back: a gateway's debug page may repeat the request. */
final class Mask {
    private static final String HIDDEN = "[credential]";
    private final List<String> credentials;

    private Mask(Stream<String> credentials) {
        this.credentials =
                credentials.filter(credential -> !credential.isEmpty()).toList();
    }

    static Mask of(String... credentials) {
        return new Mask(Stream.of(credentials));
    }

    static Mask of(OutboundRequest request) {
        return of(BearerToken.of(request));
    }

    /** Null for null. */
    String hide(String text) {
        String shown = text;
        for (String credential : credentials) {
            shown = shown == null ? null : shown.replace(credential, HIDDEN);
        }
        return shown;
    }

    /** Whether {@code text} shows a credential. */
    boolean isIn(String text) {
        return text != null && credentials.stream().anyMatch(text::contains);
    }
}
