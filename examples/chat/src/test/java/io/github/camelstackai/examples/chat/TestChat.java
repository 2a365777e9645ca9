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
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** The example on a free port, with the account of a simulator. */
final class TestChat implements AutoCloseable {
    static final String FLOW = "my-flow";

    private final String address;
    private final Chat chat;

    private TestChat(String address, Chat chat) {
        this.address = address;
        this.chat = chat;
    }

    /** @param settings properties that override {@code application.properties} */
    static TestChat start(String baseUrl, Map<String, String> settings) throws IOException {
        String address = "127.0.0.1:" + freePort();
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of(
                "address", address,
                "camel.component.stackai.base-url", baseUrl,
                "camel.component.stackai.api-key", "sim-key",
                "camel.component.stackai.org-id", "sim-org",
                "flow", FLOW));
        Chat chat = new Chat(all);
        chat.start();
        return new TestChat(address, chat);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return address;
    }

    String url() {
        return "http://" + address + "/";
    }

    @Override
    public void close() {
        chat.close();
    }
}
