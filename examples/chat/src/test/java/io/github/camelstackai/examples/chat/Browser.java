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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A headless Chromium, controlled by the DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Process process;
    private final WebSocket devTools;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();

    private Browser(Process process, URI address) {
        this.process = process;
        this.devTools = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Returns the path of Chromium, if it is installed. */
    static Optional<Path> installed() {
        return List.of("chromium", "chromium-browser", "google-chrome").stream()
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile an empty folder */
    static Browser start(Path chromium, Path profile) throws IOException {
        Process process = new ProcessBuilder(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile)
                .redirectErrorStream(true)
                .start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("DevTools listening on ")) {
                drain(out);
                return new Browser(process, URI.create(line.substring(line.indexOf("ws://"))));
            }
        }
        throw new IOException("Chromium ended before it was ready");
    }

    /** Reads the remaining output, so that the pipe does not fill up. */
    private static void drain(BufferedReader out) {
        Thread thread = new Thread(() -> out.lines().forEach(line -> {}), "chromium-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the id of a new browser context, without cookies. */
    String newUser() {
        return call(null, "Target.createBrowserContext", Map.of())
                .get("browserContextId")
                .asText();
    }

    /** Opens the page and waits until it is loaded. */
    Tab open(String user, String url) {
        Map<String, Object> target = Map.of("url", "about:blank", "browserContextId", user);
        String id = call(null, "Target.createTarget", target).get("targetId").asText();
        JsonNode session = call(null, "Target.attachToTarget", Map.of("targetId", id, "flatten", true));
        Tab tab = new Tab(id, session.get("sessionId").asText());
        tab.go(url);
        return tab;
    }

    private JsonNode call(String session, String method, Map<String, Object> parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        Map<String, Object> call = new LinkedHashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (session != null) {
            call.put("sessionId", session);
        }
        devTools.sendText(JSON.valueToTree(call).toString(), true).join();
        JsonNode reply = answer.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
        if (reply.has("error")) {
            throw new AssertionError(method + ": " + reply.get("error"));
        }
        return reply.get("result");
    }

    @Override
    public void close() {
        call(null, "Browser.close", Map.of());
        devTools.abort();
        process.onExit()
                .completeOnTimeout(null, TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .thenRun(process::destroyForcibly)
                .join();
    }

    /** An open page. */
    final class Tab implements AutoCloseable {
        private final String target;
        private final String session;

        private Tab(String target, String session) {
            this.target = target;
            this.session = session;
        }

        JsonNode call(String method, Map<String, Object> parameters) {
            return Browser.this.call(session, method, parameters);
        }

        void go(String url) {
            call("Page.navigate", Map.of("url", url));
            until("document.readyState === 'complete' && location.href !== 'about:blank'");
        }

        /** Returns the value of a JavaScript expression; waits for the result of a promise. */
        JsonNode eval(String expression) {
            JsonNode reply = call(
                    "Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
            if (reply.has("exceptionDetails")) {
                throw new AssertionError(expression + ": " + reply.get("exceptionDetails"));
            }
            return reply.get("result").path("value");
        }

        String text(String selector) {
            return eval("[...document.querySelectorAll(" + JSON.valueToTree(selector) + ")].at(-1)?.textContent ?? ''")
                    .asText();
        }

        /** Waits until the expression is true. */
        void until(String condition) {
            Awaitility.await(condition)
                    .atMost(TIMEOUT)
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptions() // the page may be loading
                    .until(() -> eval("Boolean(" + condition + ")").asBoolean());
        }

        void click(String selector) {
            eval("[...document.querySelectorAll(" + JSON.valueToTree(selector) + ")].at(-1).click()");
        }

        void type(String text) {
            call("Input.insertText", Map.of("text", text));
        }

        /** Presses a key that is not a character, or Enter. */
        void press(String key, int code) {
            Map<String, Object> event = new LinkedHashMap<>(
                    Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code));
            if (key.equals("Enter")) {
                event.put("text", "\r");
            }
            call("Input.dispatchKeyEvent", event);
            event.put("type", "keyUp");
            call("Input.dispatchKeyEvent", event);
        }

        void size(int width, int height, boolean phone) {
            call(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
        }

        /** @param scheme {@code light} or {@code dark} */
        void colours(String scheme) {
            call(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        }

        void screenshot(Path file) throws IOException {
            String data = call("Page.captureScreenshot", Map.of()).get("data").asText();
            Files.write(file, Base64.getDecoder().decode(data));
        }

        @Override
        public void close() {
            Browser.this.call(null, "Target.closeTarget", Map.of("targetId", target));
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                receive(message.toString());
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void receive(String text) {
            try {
                JsonNode reply = JSON.readTree(text);
                CompletableFuture<JsonNode> call = calls.remove(reply.path("id").asInt());
                if (call != null) {
                    call.complete(reply);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
