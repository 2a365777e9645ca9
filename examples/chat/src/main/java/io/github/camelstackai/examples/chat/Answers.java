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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.undertow.UndertowConstants;
import org.apache.camel.support.LRUCacheFactory;
import org.xnio.IoUtils;

/** The answers in progress. Each has its own WebSocket: the end of the socket cancels the run. Thread-safe. */
final class Answers {
    /** In characters, as in the page. */
    static final int MAX_QUESTION = 8000;

    private static final int REMEMBERED_RUNS = 10_000;

    private final Map<String, Answer> bySocket = new ConcurrentHashMap<>();
    /** User ids by run id. */
    private final Map<String, String> users = LRUCacheFactory.newLRUCache(REMEMBERED_RUNS);

    /** Accepts a new socket; closes it if it does not come from this server's page. */
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

    /** Cancels the run of a closed socket. */
    void close(Exchange exchange) {
        Answer answer = bySocket.remove(socket(exchange));
        if (answer != null) {
            answer.stream.thenAccept(StackAiStream::close); // a run that has not answered yet, as soon as it answers
        }
    }

    /** Prepares the message for the run. */
    void ask(Exchange exchange) {
        Message message = exchange.getMessage();
        Answer answer = bySocket.get(socket(exchange));
        String question = message.getBody(String.class).strip();
        if (answer == null || !answer.asked.compareAndSet(false, true)) {
            throw new UserMessages.InvalidRequest("Please ask one question at a time.");
        }
        if (question.isEmpty() || question.length() > MAX_QUESTION) {
            throw new UserMessages.InvalidRequest("Please ask in 1 to " + MAX_QUESTION + " characters.");
        }
        message.setBody(question);
        message.setHeader(StackAiConstants.USER_ID, answer.userId);
    }

    /** Remembers the stream of the run; closes it if its socket is closed. */
    void start(Exchange exchange) {
        StackAiStream stream = exchange.getMessage().getBody(StackAiStream.class);
        Answer answer = bySocket.get(socket(exchange));
        if (answer == null) {
            stream.close();
            return;
        }
        if (stream.getRunId() != null) {
            users.put(stream.getRunId(), answer.userId);
        }
        answer.stream.complete(stream);
    }

    /** Drops a browser that does not read. */
    void drop(Exchange exchange) {
        close(exchange);
        IoUtils.safeClose(exchange.getMessage().getHeader(UndertowConstants.CHANNEL, WebSocketChannel.class));
    }

    boolean isOpen(Exchange exchange) {
        return bySocket.containsKey(socket(exchange));
    }

    /** Whether the run answered a question of the user; the latest runs only. */
    boolean isRunOf(String runId, String userId) {
        return runId != null && userId != null && userId.equals(users.get(runId));
    }

    /** The message to the page for a chunk. */
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

    private static String socket(Exchange exchange) {
        return exchange.getMessage().getHeader(UndertowConstants.CONNECTION_KEY, String.class);
    }

    private static final class Answer {
        private final String userId;
        private final AtomicBoolean asked = new AtomicBoolean();
        private final CompletableFuture<StackAiStream> stream = new CompletableFuture<>();

        Answer(String userId) {
            this.userId = userId;
        }
    }
}
