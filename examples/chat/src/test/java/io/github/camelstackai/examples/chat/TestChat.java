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
import java.io.PrintStream;
import java.net.ServerSocket;
import java.util.Map;

/** The example on a free port, with an account at a simulator. */
final class TestChat implements AutoCloseable {
    static final String FLOW = "my-flow";

    private final String address;
    private final Chat chat;

    private TestChat(String address, Chat chat) {
        this.address = address;
        this.chat = chat;
    }

    static TestChat on(String baseUrl) throws Exception {
        Map<String, String> account = Map.of(
                "STACKAI_BASE_URL",
                baseUrl,
                "STACKAI_API_KEY",
                "sim-key",
                "STACKAI_ORG_ID",
                "sim-org",
                "STACKAI_FLOW_ID",
                FLOW);
        String address = "127.0.0.1:" + freePort();
        Chat chat = new Chat(account, address, new PrintStream(PrintStream.nullOutputStream()));
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
