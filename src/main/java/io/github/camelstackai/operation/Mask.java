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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.camelstackai.protocol.Excerpt;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hides a call's credentials in what comes back, as they are and as JSON or a form writes them: a gateway's debug page may
 * repeat the request.
 */
final class Mask {
    private static final String HIDDEN = Matcher.quoteReplacement("[credential]");
    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private final List<String> credentials;
    /** Null until something has to be hidden, which is never on the way of a run that goes well; each is like the other. */
    private volatile Pattern pattern;

    private Mask(List<String> credentials) {
        this.credentials = credentials;
    }

    static Mask of(String... credentials) {
        return new Mask(Arrays.asList(credentials));
    }

    /** @param others what else no response may show */
    static Mask of(String credential, List<String> others) {
        List<String> all = new ArrayList<>(others);
        all.add(credential);
        return new Mask(all);
    }

    private Pattern pattern() {
        Pattern known = pattern;
        if (known == null) {
            known = compile();
            pattern = known;
        }
        return known;
    }

    private Pattern compile() {
        String any = credentials.stream()
                .filter(credential -> credential != null && !credential.isEmpty())
                .flatMap(Mask::writings)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return any.isEmpty() ? NOTHING : Pattern.compile(any);
    }

    private static Stream<String> writings(String credential) {
        String json = new String(JsonStringEncoder.getInstance().quoteAsString(credential));
        return Stream.of(
                credential, json, json.replace("/", "\\/"), URLEncoder.encode(credential, StandardCharsets.UTF_8));
    }

    /** Null for null. */
    String hide(String text) {
        return text == null ? null : pattern().matcher(text).replaceAll(HIDDEN);
    }

    /** The cause; null where it, or a cause of it, says what shows a credential or is not fit for a log. */
    <E extends Exception> E shown(E cause) {
        return Stream.iterate((Throwable) cause, e -> e != null, Throwable::getCause)
                        .allMatch(this::isShowable)
                ? cause
                : null;
    }

    private boolean isShowable(Throwable failure) {
        // Jackson's message has a line for the place besides
        String said =
                failure instanceof JsonProcessingException json ? json.getOriginalMessage() : failure.getMessage();
        return said == null || (!pattern().matcher(said).find() && Excerpt.isShowable(said));
    }
}
