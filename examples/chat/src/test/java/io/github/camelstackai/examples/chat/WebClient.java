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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client that calls the server without its page, with any cookie and from any origin. */
final class WebClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String address;
    private final String cookie;
    private final String origin;

    private WebClient(String address, String cookie, String origin) {
        this.address = address;
        this.cookie = cookie;
        this.origin = origin;
    }

    /** A client with the cookie of a new visitor. */
    static WebClient visiting(TestChat chat) throws Exception {
        String cookie = get(chat, "").headers().firstValue("Set-Cookie").orElseThrow();
        return new WebClient(chat.address(), cookie.substring(0, cookie.indexOf(';')), "http://" + chat.address());
    }

    static HttpResponse<String> get(TestChat chat, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(chat.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    WebClient withCookie(String other) {
        return new WebClient(address, other, origin);
    }

    WebClient withOrigin(String other) {
        return new WebClient(address, cookie, other);
    }

    /** The same visitor at another server. */
    WebClient at(String other) {
        return new WebClient(other, cookie, "http://" + other);
    }

    /** Returns the status. */
    int rate(String run, String thumb) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + address + "/feedback?run=" + run + "&thumb=" + thumb))
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Cookie", cookie)
                .header("Origin", origin)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    Question ask(String question) {
        Question asked = open();
        asked.send(question, true);
        return asked;
    }

    /** Asks, and does not read the answer. */
    Socket askAndReadNothing(String question) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8192);
        socket.connect(new InetSocketAddress(
                "127.0.0.1", URI.create("http://" + address).getPort()));
        String head = "GET /ask HTTP/1.1\r\nHost: " + address + "\r\nOrigin: " + origin + "\r\nCookie: " + cookie
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().read(); // the socket is open
        byte[] bytes = question.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[6 + bytes.length]; // one binary frame, masked by zeros
        frame[0] = (byte) 0x82;
        frame[1] = (byte) (0x80 | bytes.length);
        System.arraycopy(bytes, 0, frame, 6, bytes.length);
        socket.getOutputStream().write(frame);
        return socket;
    }

    Question open() {
        Question question = new Question();
        question.socket = HTTP.newWebSocketBuilder()
                .header("Cookie", cookie)
                .header("Origin", origin)
                .buildAsync(URI.create("ws://" + address + "/ask"), question)
                .join();
        return question;
    }

    /** A WebSocket. */
    static final class Question implements WebSocket.Listener {
        private final List<JsonNode> parts = new CopyOnWriteArrayList<>();
        /** Completes with the last message: the last part of the answer, or an error. */
        final CompletableFuture<JsonNode> end = new CompletableFuture<>();
        /** Completes with the close status, or -1 if the connection breaks. */
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        /** Set by the opening thread. */
        WebSocket socket;

        void send(String text, boolean last) {
            socket.sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), last)
                    .join();
        }

        String text() {
            return parts.stream().map(part -> part.path("text").asText()).reduce("", String::concat);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            try {
                JsonNode part =
                        JSON.readTree(StandardCharsets.UTF_8.decode(data).toString());
                parts.add(part);
                if (part.path("last").asBoolean() || part.has("error")) {
                    end.complete(part);
                }
            } catch (JsonProcessingException e) {
                end.completeExceptionally(e);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(-1);
        }
    }
}
