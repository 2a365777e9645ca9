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
package io.github.camelstackai.http.apache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // the callback receives the result
class NonLoggingProtocolsTest {
    private final List<String> events = new ArrayList<>();
    private final FutureCallback<IOSession> callback = new FutureCallback<>() {
        @Override
        public void completed(IOSession session) {
            events.add("completed");
        }

        @Override
        public void failed(Exception cause) {
            events.add("failed");
        }

        @Override
        public void cancelled() {
            events.add("cancelled");
        }
    };

    /** Records which protocols are registered. */
    private <T> T session(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    events.add(method.getName() + " " + arguments[0]);
                    return null;
                }));
    }

    private void connect(ConnectionInitiator client, Object attachment) {
        new NonLoggingProtocols(client, () -> events.add("resolved"), () -> events.add("unrequested bytes"))
                .connect(null, null, null, Timeout.DISABLED, attachment, callback);
    }

    @Test
    void protocolOfTheClientIsReplacedOnceConnected() {
        connect(
                (remote, remoteAddress, localAddress, timeout, attachment, connected) -> {
                    events.add("connect " + attachment);
                    connected.completed(session(ProtocolIOSession.class));
                    return null;
                },
                HttpVersionPolicy.FORCE_HTTP_1);
        assertThat(events).containsExactly("resolved", "connect NEGOTIATE", "registerProtocol http/1.1", "completed");
    }

    @Test
    void otherAttachmentsArePassedOn() {
        List<Object> attachments = new ArrayList<>();
        for (Object attachment : Arrays.asList(HttpVersionPolicy.NEGOTIATE, "other", null)) {
            connect(
                    (remote, remoteAddress, localAddress, timeout, passed, connected) -> {
                        attachments.add(passed);
                        return null;
                    },
                    attachment);
        }
        assertThat(attachments).containsExactly(HttpVersionPolicy.NEGOTIATE, "other", null);
    }

    @Test
    void sessionWithoutProtocolsIsPassedOn() {
        connect(
                (remote, remoteAddress, localAddress, timeout, attachment, connected) -> {
                    connected.completed(session(IOSession.class));
                    return null;
                },
                null);
        assertThat(events).containsExactly("resolved", "completed");
    }

    @Test
    void failureIsPassedOn() {
        connect(
                (remote, remoteAddress, localAddress, timeout, attachment, connected) -> {
                    connected.failed(new IllegalStateException("refused"));
                    return null;
                },
                null);
        assertThat(events).containsExactly("resolved", "failed");
    }
}
