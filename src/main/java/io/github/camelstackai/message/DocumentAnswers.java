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
package io.github.camelstackai.message;

import io.github.camelstackai.text.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/** Puts what the service answers about the files of a node on an exchange. */
public final class DocumentAnswers {
    private DocumentAnswers() {}

    /**
     * The answer to an upload, which is free-form.
     *
     * @throws IllegalArgumentException if it is an error that was sent with status 200
     */
    public static void uploaded(Map<String, Object> answer, Exchange exchange) {
        String error = Stream.of("error", "detail")
                .map(answer::get)
                .filter(DocumentAnswers::isError)
                .map(Object::toString)
                .collect(Collectors.joining(": "));
        if (!error.isEmpty()) {
            throw new IllegalArgumentException("it is the error " + Excerpt.of(error));
        }
        MessageHeaders.setAnswer(exchange.getMessage(), JsonBody.of(answer));
    }

    private static boolean isError(Object value) {
        return ObjectHelper.isNotEmpty(value) && !Boolean.FALSE.equals(value);
    }

    /**
     * The names of files: texts, or objects with {@code filename}.
     *
     * @throws IllegalArgumentException if the answer is no list, or an item has no name
     */
    public static void list(Object answer, Exchange exchange) {
        if (!(answer instanceof List<?> items)) {
            throw new IllegalArgumentException("it is not a list");
        }
        List<String> names = new ArrayList<>();
        for (Object item : items) {
            Object name = item instanceof Map<?, ?> file ? file.get("filename") : item;
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("the list has an item without a name");
            }
            names.add(text);
        }
        MessageHeaders.setAnswer(exchange.getMessage(), JsonBody.of(names));
    }

    /**
     * Which files were deleted.
     *
     * @throws IllegalArgumentException if a value is not true or false
     */
    public static void deleted(Map<String, Object> answer, Exchange exchange) {
        Map<String, Boolean> deleted = new LinkedHashMap<>();
        answer.forEach((name, value) -> {
            if (!(value instanceof Boolean flag)) {
                throw new IllegalArgumentException("'" + Excerpt.of(name) + "' is not true or false");
            }
            deleted.put(name, flag);
        });
        MessageHeaders.setAnswer(exchange.getMessage(), JsonBody.of(deleted));
    }
}
