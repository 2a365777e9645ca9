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

import java.util.Map;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Serves the page. */
public final class Chat implements AutoCloseable {
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
        System.out.println(chat.start());
    }

    /** Returns what to tell the user, when the page is available. */
    String start() {
        main.start();
        String address = main.getCamelContext().resolvePropertyPlaceholders("{{address}}");
        return "Open http://" + address + " in a browser. Ctrl-C stops the server.";
    }

    @Override
    public void close() {
        main.stop();
    }
}
