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
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Records on an exchange that its call failed. Immutable. */
public final class FailureRecorder {
    private final Duration maxRetryAfter;
    private final boolean runsFlow;

    /**
     * @param maxRetryAfter the longest delay that {@code Retry-After} may ask for
     * @param runsFlow whether the call starts a run, so that a run id on the message would be that of an earlier one
     */
    public FailureRecorder(Duration maxRetryAfter, boolean runsFlow) {
        this.maxRetryAfter = maxRetryAfter;
        this.runsFlow = runsFlow;
    }

    /**
     * Sets the exception, {@code CamelStackAiMayHaveRun}, {@code CamelStackAiRunId} and {@code CamelRedeliveryDelay}.
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
        if (runsFlow) {
            setRunId(message, known == null ? null : known.getRunId());
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
        setRunId(exchange.getIn(), chunk.runId());
    }

    private static void setRunId(Message message, String runId) {
        if (runId == null) {
            message.removeHeader(StackAiConstants.RUN_ID);
        } else {
            message.setHeader(StackAiConstants.RUN_ID, runId);
        }
    }
}
