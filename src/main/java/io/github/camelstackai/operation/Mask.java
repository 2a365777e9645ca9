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
import java.util.Map;

/** Hides a request's credential in what comes back: a gateway's debug page may repeat the request's headers. */
final class Mask {
    private static final String HIDDEN = "[credential]";
    private final String credential;

    private Mask(String credential) {
        this.credential = credential;
    }

    static Mask of(OutboundRequest request) {
        return new Mask(request.headers().stream()
                .filter(header -> "Authorization".equals(header.getKey()))
                .map(Map.Entry::getValue)
                .map(value -> value.substring(value.indexOf(' ') + 1))
                .findFirst()
                .orElse(""));
    }

    /** Null for null. */
    String hide(String text) {
        return text == null || credential.isEmpty() ? text : text.replace(credential, HIDDEN);
    }
}
