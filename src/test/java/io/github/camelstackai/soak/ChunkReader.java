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
import org.apache.camel.Exchange;

/** Reads one stream as the scenario of its call says. Used by one thread at a time. */
final class ChunkReader {
    static final String PROPERTY = "reading";

    /** The number of chunks after which a reader that does not read to the end stops. */
    private static final int FEW = 2;

    private final StringBuilder text = new StringBuilder();
    private int chunks;
    private int lasts;
    private boolean closed;

    static ChunkReader of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, ChunkReader.class);
    }

    /** Reads the chunk in the body of the exchange. */
    void take(Exchange exchange, SoakCall call) throws LeftException {
        add(exchange.getMessage().getBody(StackAiChunk.class));
        if (call.scenario() == Scenario.LEFT && chunks == FEW) {
            throw new LeftException();
        }
    }

    /** Reads the first chunks of the stream in the body, then closes the stream. */
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

    /** The outcome of the reading, if nothing has failed. */
    String outcome(SoakCall call) {
        if (closed) {
            return call.text().startsWith(text.toString()) ? CallOutcome.CLOSED : "closed after a wrong answer " + text;
        }
        boolean whole = call.text().contentEquals(text) && lasts == 1;
        return whole ? CallOutcome.ANSWER : "wrong answer with " + lasts + " last chunks: " + text;
    }

    /** Fails the sub-route of a reader that stops early. */
    static final class LeftException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
