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
package io.github.camelstackai.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who may call: the API key, the tokens that a test accepts, the tokens given for user name and password. Thread-safe. */
final class Authenticator {
    private static final String SCHEME = "bearer ";

    private final String apiKey;
    private final String username;
    private final String password;
    private final Duration lifetime;
    /** The {@link System#nanoTime()} at which each token runs out; the few that a test gets, so none is swept. */
    private final Map<String, Long> tokens = new ConcurrentHashMap<>();

    Authenticator(String apiKey, String username, String password, Duration lifetime) {
        this.apiKey = apiKey;
        this.username = username;
        this.password = password;
        this.lifetime = lifetime;
    }

    /**
     * @throws RejectedRequestException unless the request bears a credential that is good now
     */
    void check(RecordedRequest request) {
        String authorization = request.header("Authorization");
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw RejectedRequestException.unauthorized("Not authenticated");
        }
        String token = authorization.substring(SCHEME.length()).strip();
        if (!token.equals(apiKey) && !valid(token)) {
            throw RejectedRequestException.unauthorized("Invalid authentication credentials");
        }
    }

    private boolean valid(String token) {
        Long end = tokens.get(token);
        return end != null && end - System.nanoTime() > 0;
    }

    void accept(String token) {
        tokens.put(token, System.nanoTime() + Duration.ofDays(365).toNanos());
    }

    void revoke() {
        tokens.clear();
    }

    /** The OAuth 2 password grant. */
    Reply grant(RecordedRequest request) {
        Map<String, String> form = RequestTarget.parameters(request.text());
        if (!"password".equals(form.get("grant_type"))) {
            throw RejectedRequestException.invalid(
                    List.of("body", "grant_type"), "String should match pattern 'password'", "string_pattern_mismatch");
        }
        if (!username.equals(form.get("username")) || !password.equals(form.get("password"))) {
            throw RejectedRequestException.unauthorized("Incorrect username or password");
        }
        String token = "sim-" + UUID.randomUUID();
        tokens.put(token, System.nanoTime() + lifetime.toNanos());
        return Reply.json(Map.of("access_token", token, "token_type", "bearer", "expires_in", lifetime.toSeconds()));
    }
}
