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
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.RequestNotExecutedException;

/** Names what went wrong on the wire as the {@link IOException} that a Camel user knows, with the call in its message. */
final class TransportFailure {
    private TransportFailure() {}

    static IOException of(Exception cause, HttpCall call) {
        if (call.connecting()) {
            return whileConnecting(cause, call);
        }
        if (cause instanceof RequestNotExecutedException notExecuted) {
            return notExecuted;
        }
        if (cause instanceof HttpException || cause instanceof MessageConstraintException) {
            return with(cause, new ProtocolException(call + ": the response is not valid HTTP: " + cause.getMessage()));
        }
        if (cause instanceof ConnectionClosedException || cause instanceof SocketException) {
            return with(
                    cause,
                    new SocketException(call + ": the connection broke before the whole response had arrived ("
                            + cause.getMessage() + "); the run may have taken place"));
        }
        return asIoException(cause, call);
    }

    private static IOException whileConnecting(Exception cause, HttpCall call) {
        if (cause instanceof ConnectionRequestTimeoutException) {
            return with(cause, new SocketTimeoutException(call + ": " + cause.getMessage()));
        }
        return asIoException(cause, call);
    }

    private static IOException asIoException(Exception cause, HttpCall call) {
        return cause instanceof IOException io && !(cause instanceof SSLException && cause.getMessage() == null)
                ? io
                : new IOException(call + ": " + cause, cause);
    }

    private static IOException with(Exception cause, IOException failure) {
        failure.initCause(cause);
        return failure;
    }
}
