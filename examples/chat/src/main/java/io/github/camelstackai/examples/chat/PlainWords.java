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

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.StackAiStreamException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.apache.camel.Exchange;

/** Says to a person what went wrong and what they can do. What it was in detail stands in the log. */
final class PlainWords {
    private static final String TROUBLE = "The assistant has trouble just now. Please try again in a moment.";
    private static final String BROKEN = "The answer broke off before its end. You can ask again.";

    private PlainWords() {}

    /** @param exchange that has failed */
    static String of(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof Objection) {
            return failure.getMessage();
        }
        if (failure instanceof StackAiOperationFailedException refusal) {
            return refused(refusal.getStatusCode(), waitSeconds(exchange));
        }
        if (failure instanceof StackAiStreamException broken) {
            return broken(broken.getReason());
        }
        if (failure instanceof StackAiRunFailedException) {
            return broken(StackAiStreamException.Reason.REPORTED);
        }
        if (failure instanceof IOException unreachable) {
            return unreachable(unreachable);
        }
        return TROUBLE;
    }

    private static String refused(int status, long seconds) {
        return switch (status) {
            case 429 ->
                "Too many people are asking just now. Please try again "
                        + (seconds > 0 ? "in " + seconds + " seconds." : "in a moment.");
            case 402 -> "The assistant has used up what it may spend. Please tell whoever runs this page.";
            case 401, 403, 404 -> "The assistant is not set up rightly. Please tell whoever runs this page.";
            case 400, 422 -> "The assistant could not take this question. Please put it another way.";
            default -> TROUBLE;
        };
    }

    private static String broken(StackAiStreamException.Reason reason) {
        return switch (reason) {
            case REPORTED -> "The assistant failed at this question. You can ask again, or put it another way.";
            case IDLE -> "The assistant has fallen silent. You can ask again.";
            default -> BROKEN;
        };
    }

    private static String unreachable(IOException failure) {
        if (failure instanceof ConnectException) {
            return "The assistant cannot be reached just now. Please try again in a moment.";
        }
        return failure instanceof SocketTimeoutException ? "The assistant took too long. You can ask again." : BROKEN;
    }

    private static long waitSeconds(Exchange exchange) {
        Long delay = exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, Long.class);
        return delay == null ? 0 : (delay + 999) / 1000;
    }
}
