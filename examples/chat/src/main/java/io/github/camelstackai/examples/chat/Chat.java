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

import java.net.BindException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.util.ObjectHelper;

/** Serves the page. */
public final class Chat implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:/\\s]+):\\d{1,5}");

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
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "the address " + address + " is not HOST:PORT; an example is -Daddress=localhost:8081");
        }
        try {
            main.start();
        } catch (RuntimeException e) {
            if (ObjectHelper.getException(BindException.class, e) == null) {
                throw e;
            }
            throw new IllegalArgumentException(
                    address + " is in use or not of this machine; choose another, such as -Daddress=localhost:8081", e);
        }
        return "Open http://" + address + " in a browser. Ctrl-C stops the server.";
    }

    @Override
    public void close() {
        main.stop();
    }
}
