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

/** Checks bearer tokens and issues access tokens for a user name and password. Thread-safe. */
final class Authenticator {
    private static final String SCHEME = "bearer ";
    private static final Duration ACCEPTED_TOKEN_LIFETIME = Duration.ofDays(365);

    private final StackAiSimulatorBuilder settings;
    /** The {@link System#nanoTime()} at which each token expires. Expired tokens stay: a test has only a few. */
    private final Map<String, Long> tokens = new ConcurrentHashMap<>();

    Authenticator(StackAiSimulatorBuilder settings) {
        this.settings = settings;
    }

    /**
     * @throws RejectedRequestException unless the request has the API key or a valid token
     */
    void check(RecordedRequest request) {
        String authorization = request.header("Authorization");
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw RejectedRequestException.unauthorized("Not authenticated");
        }
        String token = authorization.substring(SCHEME.length()).strip();
        if (!token.equals(settings.apiKey) && !valid(token)) {
            throw RejectedRequestException.unauthorized("Invalid authentication credentials");
        }
    }

    private boolean valid(String token) {
        Long expiry = tokens.get(token);
        return expiry != null && expiry - System.nanoTime() > 0;
    }

    void accept(String token) {
        add(token, ACCEPTED_TOKEN_LIFETIME);
    }

    private void add(String token, Duration lifetime) {
        tokens.put(token, System.nanoTime() + lifetime.toNanos());
    }

    void revokeTokens() {
        tokens.clear();
    }

    /**
     * Issues a token by the OAuth 2 password grant.
     *
     * @throws RejectedRequestException if the form is invalid or the user name or password is wrong
     */
    Reply issueToken(RecordedRequest request) {
        Map<String, String> form = RequestTarget.parameters(request.text());
        if (!"password".equals(form.get("grant_type"))) {
            throw RejectedRequestException.invalid(
                    List.of("body", "grant_type"), "String should match pattern 'password'", "string_pattern_mismatch");
        }
        if (!settings.username.equals(form.get("username")) || !settings.password.equals(form.get("password"))) {
            throw RejectedRequestException.unauthorized("Incorrect username or password");
        }
        String token = "sim-" + UUID.randomUUID();
        add(token, settings.tokenLifetime);
        return Reply.json(Map.of(
                "access_token", token, "token_type", "bearer", "expires_in", settings.tokenLifetime.toSeconds()));
    }
}
