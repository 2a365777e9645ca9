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
package io.github.camelstackai.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Receives one response as it arrives. Called by one thread at a time, an I/O or timer thread that must not block: {@code head},
 * then {@code body} any number of times, then {@code end}; {@code failed} at any point instead. No further calls are made after
 * {@code end} or {@code failed}. Whatever one of the methods throws ends this call alone, and is passed to {@code failed}.
 */
public interface ResponseReceiver {
    /**
     * A connection is available, for which the call may have waited. Called on the thread that sends; must not block.
     *
     * @return null to send the request; otherwise why not, with which the call fails unsent
     */
    default IOException withdrawal() {
        return null;
    }

    /**
     * The response head has arrived.
     *
     * @param call the call that the response belongs to
     * @return how many bytes of the body may be delivered before {@link HttpCall#grant} allows more
     * @throws IOException to fail the call with it
     */
    int head(ResponseHead head, HttpCall call) throws IOException;

    /**
     * A part of the body has arrived; the buffer is valid during the call only.
     *
     * @throws IOException to fail the call with it
     */
    void body(ByteBuffer bytes) throws IOException;

    /**
     * The body is complete by the rules of HTTP.
     *
     * @throws IOException to fail the call with it
     */
    void end() throws IOException;

    /**
     * The call has ended without a complete response.
     *
     * @param cause what the transport reports, or what the receiver itself threw
     * @param sent whether the complete request may have reached the server
     */
    void failed(Throwable cause, boolean sent);
}
