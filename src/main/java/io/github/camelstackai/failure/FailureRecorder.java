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
package io.github.camelstackai.failure;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiIndexingException;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Records on an exchange that its call failed. Immutable. */
public final class FailureRecorder {
    private final Duration maxRetryAfter;
    private final String created;

    /**
     * @param maxRetryAfter the longest delay that {@code Retry-After} may ask for
     * @param created the header with the id of what the call creates, a run or a file, so that an id on the message would be that
     *     of an earlier one; null for none
     */
    public FailureRecorder(Duration maxRetryAfter, String created) {
        this.maxRetryAfter = maxRetryAfter;
        this.created = created;
    }

    /**
     * Sets the exception, {@code CamelStackAiMayHaveRun}, the id of what was created, and {@code CamelRedeliveryDelay}.
     *
     * @param mayHaveRun whether the run may have taken place; a {@link StackAiFailure} knows it better
     * @param head of the response; null for none
     */
    public void record(Exchange exchange, Throwable failure, boolean mayHaveRun, ResponseHead head) {
        if (failure instanceof ChunkExchangeException chunk) {
            recordChunk(exchange, chunk);
            return;
        }
        exchange.setException(failure);
        StackAiFailure known = failure instanceof StackAiFailure own ? own : null;
        exchange.setProperty(StackAiConstants.MAY_HAVE_RUN, known == null ? mayHaveRun : known.mayHaveRun());
        // Camel reads the delay from the "in" message of the failed attempt before it restores that message
        Message message = exchange.getIn();
        if (created != null) {
            set(message, created, id(failure));
        }
        Duration delay = head == null ? null : RetryAfter.parse(head.retryAfter(), Instant.now(), maxRetryAfter);
        if (delay != null) {
            message.setHeader(StackAiConstants.REDELIVERY_DELAY, delay.toMillis());
        }
    }

    /** Whatever the exception says of another call, this run has begun. */
    private static void recordChunk(Exchange exchange, ChunkExchangeException chunk) {
        exchange.setException(chunk.getCause());
        exchange.setProperty(StackAiConstants.MAY_HAVE_RUN, true);
        set(exchange.getIn(), StackAiConstants.RUN_ID, chunk.runId());
    }

    /** The id of what a failed call has created; null if it is not known. */
    private static String id(Throwable failure) {
        if (failure instanceof StackAiIndexingException stored) {
            return stored.getResourceId();
        }
        return failure instanceof StackAiFailure own ? own.getRunId() : null;
    }

    private static void set(Message message, String header, String id) {
        if (id == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, id);
        }
    }
}
