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

import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.StreamSourceFrameChannel;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.component.undertow.UndertowConstants;
import org.apache.camel.component.undertow.UndertowConsumer;

/**
 * Receives a question from a socket like Camel's own listener, but limits its size: Camel's listener has no limit. Accepts
 * binary messages only, because Undertow does not apply the limit to fragmented text.
 */
final class QuestionListener extends AbstractReceiveListener {
    private static final long MAX_BYTES = 4L * Answers.MAX_QUESTION;

    private final UndertowConsumer route;

    /** @param exchange the exchange that opened the socket */
    QuestionListener(Exchange exchange) {
        this.route = (UndertowConsumer)
                exchange.getContext().getRoute(exchange.getFromRouteId()).getConsumer();
    }

    @Override
    protected long getMaxBinaryBufferSize() {
        return MAX_BYTES;
    }

    @Override
    protected void onText(WebSocketChannel channel, StreamSourceFrameChannel message) {
        WebSockets.sendClose(CloseMessage.UNEXPECTED_ERROR, "Send the question as bytes", channel, null);
        onError(channel, null);
    }

    @Override
    protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
        try (var data = message.getData()) {
            ByteBuffer bytes = WebSockets.mergeBuffers(data.getResource());
            String question = StandardCharsets.UTF_8.decode(bytes).toString();
            route.sendMessage((String) channel.getAttribute(UndertowConstants.CONNECTION_KEY), channel, question);
        }
    }
}
