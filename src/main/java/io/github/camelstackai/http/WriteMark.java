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

import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/**
 * Where a connection stood when a request was handed to it. HTTP/1.1 keeps the request in a buffer until the socket is written
 * to next, and the peer may turn out to have left before that.
 *
 * @param writer the connection's I/O thread
 * @param connection null when not known
 * @param written bytes until then, over this connection
 */
record WriteMark(CallExchange.Stage before, Thread writer, EndpointDetails connection, long written) {
    /** Made by the connection's I/O thread. */
    static WriteMark of(CallExchange.Stage before, HttpContext context) {
        EndpointDetails connection = HttpCoreContext.cast(context).getEndpointDetails();
        return new WriteMark(
                before, Thread.currentThread(), connection, connection == null ? 0 : connection.getSentBytesCount());
    }

    /** Whether surely nothing has been written since. Only the thread that writes can tell. */
    boolean isCurrent() {
        return Thread.currentThread() == writer && connection != null && connection.getSentBytesCount() == written;
    }
}
