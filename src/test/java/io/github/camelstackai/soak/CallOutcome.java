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
package io.github.camelstackai.soak;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiStreamException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeExchangeException;

/** The outcome of an exchange as text: an answer, or the failure by its simple name. */
final class CallOutcome {
    /** The answer belongs to the call and is complete. */
    static final String ANSWER = "answer";
    /** The sub-route of the split failed on purpose. */
    static final String LEFT = "LeftException";
    /** The service was silent for longer than a time-out. */
    static final String TIMEOUT = "SocketTimeoutException";
    /** The reader closed the stream before its end. */
    static final String CLOSED = "closed";

    private CallOutcome() {}

    static String status(int status) {
        return "StackAiOperationFailedException " + status;
    }

    static String stream(String reason) {
        return "StackAiStreamException " + reason;
    }

    static String of(Exchange exchange, SoakCall call) {
        Throwable failure = exchange.getException();
        if (failure == null) {
            return answer(exchange, call);
        }
        while (failure.getCause() != null && isWrapper(failure)) {
            failure = failure.getCause();
        }
        if (failure instanceof StackAiOperationFailedException refused) {
            return status(refused.getStatusCode());
        }
        if (failure instanceof StackAiStreamException broken) {
            return stream(broken.getReason().name());
        }
        return failure instanceof SocketTimeoutException
                ? TIMEOUT
                : failure.getClass().getSimpleName();
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof RuntimeExchangeException || failure instanceof CamelExchangeException;
    }

    private static String answer(Exchange exchange, SoakCall call) {
        return switch (call.kind()) {
            case RUN, COLLECT, DOWNLOAD -> answer(exchange.getMessage().getBody(), call.text());
            case CHUNKS ->
                exchange.getProperty(ChunkReader.PROPERTY, ChunkReader.class).outcome(call);
            case FEEDBACK, METADATA, UPLOAD, STATUS ->
                answer(exchange.getMessage().getBody(Map.class).get("call"), call.number());
            case LIST -> answer(exchange.getMessage().getBody(), List.of(call.question()));
            case RUNS ->
                answer(
                        exchange.getMessage().getBody(List.class),
                        List.of(Map.of("run_id", call.question(), "user_id", call.question())));
        };
    }

    private static String answer(Object is, Object shouldBe) {
        return shouldBe.equals(is) ? ANSWER : "wrong answer " + is;
    }
}
