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

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Replaces credentials and organisation ids in what is recorded, also where a piece ends within them. Immutable. */
final class SecretFilter {
    static final String REDACTED = "***";
    static final String ORGANISATION = "{org}";

    /** Anything shorter would also replace parts of words. */
    private static final int SHORTEST = 5;

    /** How the name of a field with a secret ends; no longer, as {@code secretary} does. */
    private static final String NAME =
            "(?:(?i:token|secret|passw(?:or)?d|passphrase|signature|authorization|cookie|credential)"
                    + "(?i:[_-]?(?:value|id|s|\\d{1,2}))?|(?i:(?:[_-]|api|private|access)keys?)|[a-z]Keys?)";

    /** Secrets by what is before them, and JSON Web Tokens. */
    private static final String UNKNOWN_SECRETS = "(?<=[\"'])(?:" + after("\"", "\"") + value("\"", escape(0))
            + "|" + embedded(1) + "|" + embedded(3) + "|" + embedded(7)
            + "|" + after("(?:\\\\{0,7}\"|')", "'") + value("'\"", escape(1) + "|\\\\\"") + ")"
            + "|(?<==)(?<=(?:" + NAME + "|[?&]key)=)[\\w.~%+/-]{8,}"
            + "|(?<=(?i:bearer) )[\\w.~+/=-]{16,}"
            + "|eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*";

    /** A text that looks like the placeholder gets a tilde, so that a replay leaves it as it was. */
    private static final String LITERAL = "\\{~*org\\}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(~*)org\\}");

    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(key|token|secret|password|signature|authorization).*|code", Pattern.CASE_INSENSITIVE);

    /** An organisation in capitals is the same one. */
    private final Map<String, String> replacements = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private final Pattern pattern;

    /**
     * @param secrets with what replaces them
     */
    SecretFilter(Map<String, String> secrets) {
        secrets.forEach((secret, replacement) -> {
            if (secret.length() >= SHORTEST) {
                String json = JsonCodec.text(secret);
                for (String form :
                        List.of(secret, URLEncoder.encode(secret, UTF_8), json.substring(1, json.length() - 1))) {
                    replacements.put(latin1(form), replacement);
                }
                replacements.put(base64(secret), REDACTED);
                replacements.put(base64("Bearer " + secret), REDACTED);
            }
        });
        String known = replacements.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(form -> "(?i:" + Pattern.quote(form) + ")|")
                .collect(Collectors.joining());
        this.pattern = Pattern.compile(known + UNKNOWN_SECRETS + "|" + LITERAL);
    }

    /**
     * In JSON that is a text in JSON, or in Python there.
     *
     * @param backslashes before each quote
     */
    private static String embedded(int backslashes) {
        String quote = "\\\\{" + backslashes + "}\"";
        return after("(?:" + quote + "|')", quote) + value("\"", escape(backslashes));
    }

    /** The quotes have the same escapes, else the second one can end a text. The first lookbehind is for speed. */
    private static String after(String nameQuote, String quote) {
        String value = ":\\s{0,3}" + quote;
        return "(?<=" + value + ")(?<=" + NAME + nameQuote + "\\s{0,3}" + value + ")";
    }

    private static String value(String ends, String escape) {
        return "(?:[^" + ends + "\\\\]++|" + escape + ")++";
    }

    /**
     * An escape in a value, or in the texts around it.
     *
     * @param backslashes before the quotes of the value
     */
    private static String escape(int backslashes) {
        String escape = "\\\\{" + (backslashes + 1) + "}";
        String quote = "\\\\{" + backslashes + "}\"";
        String outer = backslashes == 0 ? "" : "|\\\\{1," + backslashes + "}[^\"\\\\]";
        return escape + "(?:" + escape + "|" + quote + "|[^\"\\\\])" + outer;
    }

    /** Without the padding, so that it is found with it too. */
    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    /** The bytes with an organisation in place of each placeholder. */
    static String restored(String bytes, String orgId) {
        return PLACEHOLDER
                .matcher(bytes)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).isEmpty()
                                ? latin1(orgId)
                                : "{" + found.group(1).substring(1) + "org}"));
    }

    /** Whether there is a secret in a text, other than what replaces one. */
    boolean finds(String text) {
        return pattern.matcher(latin1(text))
                .results()
                .map(MatchResult::group)
                .anyMatch(found -> !found.equals(REDACTED) && !found.matches(LITERAL));
    }

    private String replacement(String found) {
        String known = replacements.get(found);
        return known != null ? known : found.matches(LITERAL) ? "{~" + found.substring(1) : REDACTED;
    }

    /** Whether a parameter of this name is a secret, whatever its value. */
    static boolean isSecretName(String name) {
        return SECRET_NAME.matcher(name).matches();
    }

    String text(String text) {
        return utf8(bytes(List.of(latin1(text))).get(0));
    }

    /** Filters the pieces of one body, which are bytes in ISO 8859-1; returns as many. */
    List<String> bytes(List<String> pieces) {
        String whole = String.join("", pieces);
        List<MatchResult> found = pattern.matcher(whole).results().toList();
        if (found.isEmpty()) {
            return pieces;
        }
        List<String> filtered = new ArrayList<>();
        int from = 0;
        for (String piece : pieces) {
            filtered.add(part(whole, from, from + piece.length(), found));
            from += piece.length();
        }
        return filtered;
    }

    /** A replacement is in the part where the secret begins. */
    private String part(String whole, int from, int to, List<MatchResult> found) {
        StringBuilder part = new StringBuilder();
        int at = from;
        for (MatchResult secret : found) {
            if (secret.end() > from && secret.start() < to) {
                if (secret.start() >= from) {
                    part.append(whole, at, secret.start()).append(replacement(secret.group()));
                }
                at = Math.min(secret.end(), to);
            }
        }
        return part.append(whole, at, to).toString();
    }

    private static String latin1(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }
}
