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
package io.github.camelstackai.examples.chat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identifies a browser by a random secret in a cookie that no script can read. */
final class Visitor {
    private static final Pattern COOKIE = Pattern.compile("(?:^|; ?)chat=([0-9a-f-]{36})(?:;|$)");
    private static final int USER_ID_LENGTH = 32;

    private Visitor() {}

    /** Returns the {@code Set-Cookie} header of a new visitor. */
    static String newCookie() {
        return "chat=" + UUID.randomUUID() + "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict";
    }

    /**
     * Returns the {@code user_id} for the service: a hash of the secret, so that the user id does not reveal the secret.
     *
     * @param cookies the header of the request; may be null
     * @return null for a new visitor
     */
    static String userId(String cookies) {
        Matcher secret = COOKIE.matcher(cookies == null ? "" : cookies);
        return secret.find() ? hash(secret.group(1)) : null;
    }

    /**
     * Returns the {@code user_id}, if the request comes from this server's page.
     *
     * @param header returns the value of a request header, or null
     * @return null if the request comes from another site
     */
    static String fromOurPage(UnaryOperator<String> header) {
        String origin = header.apply("Origin");
        String host = header.apply("Host");
        boolean ours = ("http://" + host).equals(origin) || ("https://" + host).equals(origin);
        return ours ? userId(header.apply("Cookie")) : null;
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest).substring(0, USER_ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
