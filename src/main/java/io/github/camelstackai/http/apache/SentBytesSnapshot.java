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

import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/**
 * How many bytes a connection had sent when a request was passed to it. HTTP/1.1 buffers the request until it next writes to the
 * socket, and the server may turn out to have closed the connection before that.
 *
 * @param before stage of the exchange before
 * @param writer the connection's I/O thread
 * @param connection null if unknown
 * @param sent bytes sent over the connection by then
 */
record SentBytesSnapshot(Stage before, Thread writer, EndpointDetails connection, long sent) {
    /** Called by the connection's I/O thread. */
    static SentBytesSnapshot of(Stage before, HttpContext context) {
        EndpointDetails connection = HttpCoreContext.cast(context).getEndpointDetails();
        return new SentBytesSnapshot(
                before, Thread.currentThread(), connection, connection == null ? 0 : connection.getSentBytesCount());
    }

    /** Whether nothing has been sent since; false on any thread but the one that writes, which alone can tell. */
    boolean isCurrent() {
        return Thread.currentThread() == writer && connection != null && connection.getSentBytesCount() == sent;
    }
}
