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
 * Takes one response as it arrives. Called by one thread at a time, an I/O or timer thread that must not be held up:
 * {@code head}, then {@code body} any number of times, then {@code end}; {@code failed} may come at any point instead.
 * After {@code end} or {@code failed} no further calls are made.
 */
public interface ResponseReceiver {
    /**
     * The response head has arrived.
     *
     * @param call that the response belongs to
     * @return how many bytes of the body may be handed over before {@link HttpCall#grant} lets more come
     * @throws IOException to fail the call with it and close the exchange
     */
    int head(ResponseHead head, HttpCall call) throws IOException;

    /**
     * A part of the body; the buffer is only valid during the call.
     *
     * @throws IOException to fail the call with it and close the exchange
     */
    void body(ByteBuffer bytes) throws IOException;

    /**
     * The body has ended as the protocol says it ends.
     *
     * @throws IOException to fail the call with it
     */
    void end() throws IOException;

    /** The call has ended without a whole response. */
    void failed(IOException cause);
}
