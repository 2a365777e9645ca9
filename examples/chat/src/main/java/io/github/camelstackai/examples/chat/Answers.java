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

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiProgress;
import io.github.camelstackai.StackAiStream;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.undertow.UndertowConstants;
import org.xnio.IoUtils;

/** The answers that are being written, each on a socket of its own: the end of the socket is the end of the run. */
final class Answers {
    /** In characters; the page allows as many. */
    static final int MAX_QUESTION = 8000;

    private final Map<String, Answer> bySocket = new ConcurrentHashMap<>();
    private final Runs runs;

    Answers(Runs runs) {
        this.runs = runs;
    }

    /** A socket has been opened: of our page, or it is closed again. */
    void open(Exchange exchange) {
        Message message = exchange.getMessage();
        WebSocketChannel channel = message.getHeader(UndertowConstants.CHANNEL, WebSocketChannel.class);
        String userId = Visitor.fromOurPage(
                message.getHeader(UndertowConstants.EXCHANGE, WebSocketHttpExchange.class)::getRequestHeader);
        if (userId == null) {
            WebSockets.sendClose(CloseMessage.MSG_VIOLATES_POLICY, "Not from this page", channel, null);
            return;
        }
        bySocket.put(socket(exchange), new Answer(userId));
        channel.getReceiveSetter().set(new QuestionListener(exchange));
    }

    /** A socket is gone: the person has stopped the answer, has had all of it, or has left. */
    void close(Exchange exchange) {
        Answer answer = bySocket.remove(socket(exchange));
        if (answer != null) {
            answer.cancel();
        }
    }

    /** Makes the question a run's input. */
    void begin(Exchange exchange) {
        Message message = exchange.getMessage();
        Answer answer = bySocket.get(socket(exchange));
        String question = message.getBody(String.class).strip();
        if (answer == null || !answer.ask()) {
            throw new Objection("Please ask one question at a time.");
        }
        if (question.isEmpty() || question.length() > MAX_QUESTION) {
            throw new Objection("Please ask in 1 to " + MAX_QUESTION + " characters.");
        }
        message.setBody(question);
        message.setHeader(StackAiConstants.USER_ID, answer.userId());
    }

    /** The run is answering. */
    void opened(Exchange exchange) {
        StackAiStream stream = exchange.getMessage().getBody(StackAiStream.class);
        Answer answer = bySocket.get(socket(exchange));
        if (answer == null) {
            stream.close();
            return;
        }
        runs.add(stream.getRunId(), answer.userId());
        answer.opened(stream);
    }

    /** The browser does not take what it is sent. */
    void drop(Exchange exchange) {
        close(exchange);
        IoUtils.safeClose(exchange.getMessage().getHeader(UndertowConstants.CHANNEL, WebSocketChannel.class));
    }

    boolean isWanted(Exchange exchange) {
        return bySocket.containsKey(socket(exchange));
    }

    /** What the page is told of a chunk. */
    static Map<String, Object> part(StackAiChunk chunk) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("run", chunk.runId());
        part.put("text", chunk.text());
        StackAiProgress progress = chunk.progress();
        if (progress != null) {
            part.put("node", progress.node());
            part.put("done", progress.completed());
            part.put("total", progress.total());
        }
        part.put("state", chunk.state());
        part.put("last", chunk.isLast());
        return part;
    }

    /** What the page is told of a failure. */
    void fail(Exchange exchange) {
        exchange.getMessage().setBody(Map.of("error", PlainWords.of(exchange)));
    }

    private static String socket(Exchange exchange) {
        return exchange.getMessage().getHeader(UndertowConstants.CONNECTION_KEY, String.class);
    }
}
