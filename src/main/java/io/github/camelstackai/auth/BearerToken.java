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
package io.github.camelstackai.auth;

import io.github.camelstackai.http.OutboundRequest;

/** The credential of a request: {@code Authorization: Bearer token}. */
public final class BearerToken {
    private static final String HEADER = "Authorization";
    private static final String SCHEME = "Bearer ";

    /** More than servers accept in a header. */
    private static final int MAX_LENGTH = 16 * 1024;

    private BearerToken() {}

    /** Whether a header can carry {@code token}: printable ASCII without spaces, 1 to 16,384 characters. */
    public static boolean isUsable(String token) {
        return token != null
                && !token.isEmpty()
                && token.length() <= MAX_LENGTH
                && token.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** The request with the token. */
    public static OutboundRequest sign(OutboundRequest request, String token) {
        return request.withCredential(HEADER, SCHEME + token, token);
    }
}
