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

import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.OutboundRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures that no server can be made to cause at will; route tests cover the rest on a real socket. */
class TransportErrorMapperTest {
    private final ApacheCall call = new ApacheCall(
            new OutboundRequest("POST", URI.create("https://example.com/x"), List.of(), null, List.of()),
            CallTimeouts.NONE,
            null,
            null,
            null,
            null);

    @Test
    void causeWithoutMessageIsNamed() {
        IOException cause = new ClosedChannelException();
        assertThat(TransportErrorMapper.map(cause, Stage.SENT, call))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("(ClosedChannelException); the request was sent")
                .hasCause(cause);
        assertThat(TransportErrorMapper.map(cause, Stage.CONNECTED, call))
                .isInstanceOf(ConnectException.class)
                .hasMessageEndingWith(": ClosedChannelException; nothing was sent")
                .hasCause(cause);
    }
}
