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
import java.util.Map;
import org.apache.camel.Exchange;

/** Tells users what went wrong and what they can do. The log has the details. */
final class UserMessages {
    private static final String UNAVAILABLE =
            "The assistant is not available at the moment. Please try again in a moment.";
    private static final String BROKEN = "The answer is incomplete, because the connection broke. You can ask again.";

    private UserMessages() {}

    /** Sets the message for the page as the body of the failed exchange. */
    static void set(Exchange exchange) {
        exchange.getMessage().setBody(Map.of("error", of(exchange)));
    }

    /** Returns the message for the failed exchange. */
    static String of(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof InvalidRequest) {
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
        return UNAVAILABLE;
    }

    private static String refused(int status, long seconds) {
        return switch (status) {
            case 429 ->
                "Too many people are asking at the moment. Please try again "
                        + (seconds > 0 ? "in " + seconds + " seconds." : "in a moment.");
            case 402 -> "The assistant has no credits left. Please tell the operator of this page.";
            case 401, 403, 404 -> "The assistant is not configured correctly. Please tell the operator of this page.";
            case 400, 422 -> "The assistant cannot process this question. Please rephrase it.";
            default -> UNAVAILABLE;
        };
    }

    private static String broken(StackAiStreamException.Reason reason) {
        return switch (reason) {
            case REPORTED -> "The assistant failed to answer this question. You can ask again, or rephrase it.";
            case IDLE -> "The assistant has stopped responding. You can ask again.";
            default -> BROKEN;
        };
    }

    private static String unreachable(IOException failure) {
        if (failure instanceof ConnectException) {
            return "The assistant cannot be reached at the moment. Please try again in a moment.";
        }
        return failure instanceof SocketTimeoutException ? "The assistant took too long. You can ask again." : BROKEN;
    }

    private static long waitSeconds(Exchange exchange) {
        Long delay = exchange.getMessage().getHeader(Exchange.REDELIVERY_DELAY, Long.class);
        return delay == null ? 0 : (delay + 999) / 1000;
    }

    /** A request that this server rejects; its message is for the user. */
    static final class InvalidRequest extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidRequest(String message) {
            super(message);
        }
    }
}
