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

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * Reads what the server has answered before a failure to write: HttpCore 5.3 fails the call without it, and a server that refuses a
 * large request answers, and closes the connection, before it has read all. With TLS, the failure arises below HTTP.
 *
 * @param handler of the session; with TLS, that of the TLS layer
 */
record LastAnswerReader(IOEventHandler handler) implements IOEventHandler {
    /** Each reads a buffer: 4 KiB, with TLS 16 KiB. */
    private static final int MAX_READS = 64;

    @Override
    public void outputReady(IOSession session) throws IOException {
        try {
            handler.outputReady(session);
        } catch (UnreadableContentException e) {
            throw e;
        } catch (IOException e) {
            readRest(session, e);
            throw e; // changes nothing for a call that has its answer
        }
    }

    private void readRest(IOSession session, IOException failure) {
        try {
            for (int i = 0; i < MAX_READS && session.isOpen() && isReading(session); i++) {
                handler.inputReady(session, null);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static boolean isReading(IOSession session) {
        return (session.getEventMask() & EventMask.READ) != 0;
    }

    @Override
    public void connected(IOSession session) throws IOException {
        handler.connected(session);
    }

    @Override
    public void inputReady(IOSession session, ByteBuffer source) throws IOException {
        handler.inputReady(session, source);
    }

    @Override
    public void timeout(IOSession session, Timeout timeout) throws IOException {
        handler.timeout(session, timeout);
    }

    @Override
    public void exception(IOSession session, Exception cause) {
        handler.exception(session, cause);
    }

    @Override
    public void disconnected(IOSession session) {
        handler.disconnected(session);
    }
}
