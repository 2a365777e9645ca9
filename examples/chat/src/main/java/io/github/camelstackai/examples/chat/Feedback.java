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

import io.github.camelstackai.StackAiConstants;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** A user's rating of an answer. */
final class Feedback {
    private static final Map<String, String> THUMBS = Map.of("up", "thumbs up", "down", "thumbs down");

    private final Answers answers;

    Feedback(Answers answers) {
        this.answers = answers;
    }

    /** Prepares the message for the service; rejects feedback on a run of another user. */
    void check(Exchange exchange) {
        Message message = exchange.getMessage();
        String run = message.getHeader("run", String.class);
        String feedback = THUMBS.get(message.getHeader("thumb", "", String.class));
        String userId = Visitor.fromOurPage(name -> message.getHeader(name, String.class));
        message.removeHeaders("*");
        if (feedback == null || !answers.isRunOf(run, userId)) {
            throw new UserMessages.InvalidRequest("This answer can no longer be rated.");
        }
        message.setHeader(StackAiConstants.RUN_ID, run);
        message.setBody(feedback);
    }

    void confirm(Exchange exchange) {
        reply(exchange, 200, "Thank you.");
    }

    void refuse(Exchange exchange) {
        boolean invalid = exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof UserMessages.InvalidRequest;
        reply(exchange, invalid ? 403 : 502, UserMessages.of(exchange));
    }

    private static void reply(Exchange exchange, int status, String text) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
        message.setBody(text);
    }
}
