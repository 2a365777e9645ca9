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
package io.github.camelstackai.examples.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces credentials, names and texts. The report shows shapes instead of values, so it has none by design; the mask also covers
 * what a service repeats in a place that is shown.
 */
final class Mask {
    /** A shorter name is replaced only where it stands alone, since it may be a part of a word. */
    private static final int LONG = 8;

    private record Secret(Pattern pattern, String replacement) {}

    private final List<Secret> credentials = new ArrayList<>();
    private final List<Secret> names = new ArrayList<>();

    Mask(Target target, Examination examination) {
        credential(target.apiKey());
        if (target.proxy() != null) {
            proxy(target.proxy());
        }
        name(target.base().getPath(), "path");
        name(target.host(), "host");
        name(target.orgId(), "organisation");
        name(target.flowId(), "flow");
        name(examination.user(), "user");
        name(examination.node(), "node");
        name(examination.knowledgeBase(), "knowledge base");
        name(examination.documentUrl(), "text");
        examination.inputs().forEach((node, value) -> {
            name(node.equals("user_id") ? "" : node, "node");
            name(value instanceof JsonNode json ? json.textValue() : value.toString(), "text");
        });
    }

    private void proxy(Proxy proxy) {
        String authorization = proxy.authorization();
        if (!authorization.isEmpty()) {
            credential(authorization);
            credential(authorization.replaceFirst(".*?:", ""));
        }
        name(proxy.host(), "proxy");
    }

    /** Also as a part of an address, of a text in JSON and of a header of basic authentication. */
    private void credential(String value) {
        if (value.isEmpty()) {
            return;
        }
        Stream.of(
                        value,
                        Service.encode(value),
                        URLEncoder.encode(value, StandardCharsets.UTF_8),
                        value.replace("\\", "\\\\").replace("\"", "\\\""),
                        base64(value),
                        base64("Bearer " + value))
                .distinct()
                .map(form -> Pattern.compile(Pattern.quote(form), Pattern.CASE_INSENSITIVE))
                .forEach(pattern -> credentials.add(new Secret(pattern, "‹credential›")));
    }

    /** Without the padding, so that it is found with it too. */
    private static String base64(String value) {
        return Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private void name(String value, String replacement) {
        if (value != null && value.length() > 1) {
            String quoted = Pattern.quote(value);
            String pattern = value.length() < LONG ? "(?<![\\w-])" + quoted + "(?![\\w-])" : quoted;
            names.add(new Secret(Pattern.compile(pattern), "‹" + replacement + "›"));
        }
    }

    /** For the terminal, where the user sees their own names. */
    String credentials(String text) {
        return replace(text, credentials);
    }

    /** For the report. */
    String all(String text) {
        return replace(credentials(text), names);
    }

    private static String replace(String text, List<Secret> secrets) {
        String masked = text;
        for (Secret secret : secrets) {
            masked = secret.pattern().matcher(masked).replaceAll(Matcher.quoteReplacement(secret.replacement()));
        }
        return masked;
    }
}
