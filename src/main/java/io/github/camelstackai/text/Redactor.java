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
package io.github.camelstackai.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Replaces credentials in text, as they are and as JSON or a form encodes them: the debug page of a gateway can repeat the
 * request. Immutable.
 */
public final class Redactor {
    private static final String PLACEHOLDER = Matcher.quoteReplacement("[credential]");
    /** What is left of a character that was cut off within its bytes. */
    private static final Pattern INCOMPLETE_CHARACTER = Pattern.compile("\uFFFD+$");

    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private final List<String> credentials;
    /** Compiled when first used, which a call that succeeds never does; written by any thread, each value is equal. */
    private volatile Pattern pattern;

    private Redactor(List<String> credentials) {
        this.credentials = credentials;
    }

    /**
     * Creates a redactor.
     *
     * @param credentials what no text may show; null and empty ones are ignored
     */
    public static Redactor of(Collection<String> credentials) {
        return new Redactor(new ArrayList<>(credentials));
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
        String any = encodings()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return any.isEmpty() ? NOTHING : Pattern.compile(any);
    }

    private Stream<String> encodings() {
        return credentials.stream()
                .filter(credential -> credential != null && !credential.isEmpty())
                .flatMap(Redactor::encodings)
                .distinct();
    }

    private static Stream<String> encodings(String credential) {
        String json = new String(JsonStringEncoder.getInstance().quoteAsString(credential));
        return Stream.of(
                credential, json, json.replace("/", "\\/"), URLEncoder.encode(credential, StandardCharsets.UTF_8));
    }

    /** The text with a placeholder for each credential; null for null. */
    public String redact(String text) {
        return text == null ? null : pattern().matcher(text).replaceAll(PLACEHOLDER);
    }

    /**
     * As {@link #redact(String)}.
     *
     * @param truncated whether {@code text} was cut off, so that it may end within a credential
     */
    public String redact(String text, boolean truncated) {
        if (!truncated) {
            return redact(text);
        }
        String whole = INCOMPLETE_CHARACTER.matcher(text).replaceFirst("");
        int end = whole.length() - partialCredential(whole);
        Matcher complete = pattern().matcher(whole);
        while (complete.find()) {
            if (complete.start() < end && end < complete.end()) {
                end = complete.end(); // its own end looks like the beginning of another
            }
        }
        return redact(whole.substring(0, end));
    }

    /** Length of the longest beginning of a credential that {@code text} ends with. */
    private int partialCredential(String text) {
        return encodings()
                .mapToInt(encoding -> {
                    int length = Math.min(encoding.length() - 1, text.length());
                    while (length > 0 && !text.regionMatches(text.length() - length, encoding, 0, length)) {
                        length--;
                    }
                    return length;
                })
                .max()
                .orElse(0);
    }

    /** The cause; null where its message, or that of one of its causes, shows a credential or is not fit for a log. */
    public <E extends Throwable> E showable(E cause) {
        return Stream.iterate((Throwable) cause, e -> e != null, Throwable::getCause)
                        .allMatch(this::isShowable)
                ? cause
                : null;
    }

    private boolean isShowable(Throwable failure) {
        // without the second line, the location, that Jackson appends
        String message =
                failure instanceof JsonProcessingException json ? json.getOriginalMessage() : failure.getMessage();
        return message == null || (!pattern().matcher(message).find() && Excerpt.isShowable(message));
    }
}
