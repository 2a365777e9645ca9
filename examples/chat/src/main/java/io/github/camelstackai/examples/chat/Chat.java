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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Serves the page. */
public final class Chat implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:/\\s]+):(\\d{1,5})");

    private final Main main = new Main();

    /** @param settings properties that override {@code application.properties} */
    Chat(Map<String, String> settings) {
        settings.forEach(main::addOverrideProperty);
        main.setShutdownStrategy(new SimpleMainShutdownStrategy()); // the default strategy waits for run() to return
        main.configure().withShutdownTimeout(2).addRoutesBuilder(new ChatRoutes());
    }

    public static void main(String[] arguments) {
        Chat chat = new Chat(Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(chat::close));
        try {
            System.out.println(chat.start());
        } catch (IllegalArgumentException e) {
            System.err.println("Not started: " + e.getMessage());
            System.exit(2);
        }
    }

    /**
     * Returns what to tell the user, when the page is available.
     *
     * @throws IllegalArgumentException if the address is not valid or in use
     */
    String start() {
        main.init();
        String address = main.getCamelContext().resolvePropertyPlaceholders("{{address}}");
        check(address);
        main.start();
        return "Open http://" + address + " in a browser. Ctrl-C stops the server.";
    }

    private static void check(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "the address " + address + " is not HOST:PORT; an example is -Daddress=localhost:8081");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "cannot serve " + address + " (" + e.getMessage() + "); choose another address, such as"
                            + " -Daddress=localhost:8081",
                    e);
        }
    }

    @Override
    public void close() {
        main.stop();
    }
}
