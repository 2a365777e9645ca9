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

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStream;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;

/** One reader of a stream, as patient as its call wants it. Used by one thread at a time. */
final class Reading {
    static final String PROPERTY = "reading";

    /** After how many chunks a reader that does not stay leaves. */
    private static final int FEW = 2;

    private static final long SLOW_NANOS = 10_000_000;

    private final StringBuilder text = new StringBuilder();
    private int chunks;
    private int lasts;
    private boolean closed;

    static Reading of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Reading.class);
    }

    /** Takes the chunk that is the exchange's body. */
    void take(Exchange exchange, Call call) throws LeftException {
        add(exchange.getMessage().getBody(StackAiChunk.class));
        if (call.scenario() == Scenario.READ_SLOWLY) {
            LockSupport.parkNanos(SLOW_NANOS);
        }
        if (call.scenario() == Scenario.LEFT && chunks == FEW) {
            throw new LeftException();
        }
    }

    /** Reads the first chunks of the exchange's body, and closes it. */
    void takeFewAndClose(Exchange exchange) throws Exception {
        try (StackAiStream stream = exchange.getMessage().getBody(StackAiStream.class)) {
            while (chunks < FEW) {
                add(stream.next());
            }
        }
        closed = true;
    }

    private void add(StackAiChunk chunk) {
        text.append(chunk.text());
        chunks++;
        lasts += chunk.isLast() ? 1 : 0;
    }

    /** What has come of it, when nothing has failed. */
    String outcome(Call call) {
        if (closed) {
            return call.text().startsWith(text.toString()) ? Outcome.CLOSED : "closed after a wrong answer " + text;
        }
        boolean whole = call.text().contentEquals(text) && lasts == 1;
        return whole ? Outcome.ANSWER : "wrong answer with " + lasts + " last chunks: " + text;
    }

    /** What the sub-route of a reader that leaves fails with. */
    static final class LeftException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
