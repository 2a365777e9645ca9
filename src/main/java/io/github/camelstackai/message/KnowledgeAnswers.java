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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.failure.CallDescription;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Puts what the service answers about a knowledge base on an exchange. */
public final class KnowledgeAnswers {
    private static final String RESOURCE_ID = "resource_id";
    private static final String STATUS = "status";

    private KnowledgeAnswers() {}

    /**
     * The answer to an upload.
     *
     * @throws IllegalArgumentException if it names no file
     */
    public static void uploaded(Map<String, Object> answer, String base, Exchange exchange) {
        String resource = resourceId(answer);
        object(answer, base, exchange);
        exchange.getMessage().setHeader(StackAiConstants.RESOURCE_ID, resource);
    }

    /**
     * The id of a file that was uploaded.
     *
     * @throws IllegalArgumentException if the answer names no file
     */
    public static String resourceId(Map<String, Object> answer) {
        return text(answer, RESOURCE_ID);
    }

    /**
     * The answer about a file.
     *
     * @throws IllegalArgumentException if it has no status
     */
    public static Map<String, Object> withStatus(Map<String, Object> answer) {
        text(answer, STATUS);
        return answer;
    }

    private static String text(Map<String, Object> answer, String member) {
        if (answer.get(member) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException("it has no \"" + member + "\"");
    }

    /**
     * The status of a file, fit for messages.
     *
     * @param answer one {@link #withStatus}; null for none
     * @param call that was answered
     * @return null if it is not known
     */
    public static String status(Map<String, Object> answer, CallDescription call) {
        return answer == null ? null : call.excerpt(text(answer, STATUS));
    }

    /** An answer that is an object. */
    public static void object(Map<String, Object> answer, String base, Exchange exchange) {
        body(JsonBody.of(answer), base, exchange);
    }

    /** The list of files. */
    public static void list(List<Map<String, Object>> resources, String base, Exchange exchange) {
        body(JsonBody.of(resources), base, exchange);
    }

    /** The answer to a deletion, which has no content. */
    public static void deleted(String base, Exchange exchange) {
        body(null, base, exchange);
    }

    private static void body(Object body, String base, Exchange exchange) {
        Message message = exchange.getMessage();
        MessageHeaders.setAnswer(message, body);
        message.setHeader(StackAiConstants.KNOWLEDGE_BASE_ID, base);
    }
}
