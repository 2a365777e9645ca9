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

import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.text.Excerpt;
import io.github.camelstackai.text.Redactor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * Maps what HttpClient reports to the {@link IOException} that a Camel user knows, with the call in its message. A request that was
 * not sent fails with a {@link ConnectException}, {@link NoRouteToHostException}, {@link UnknownHostException},
 * {@link SSLHandshakeException} or {@link ConnectTimeoutException}; no other failure does.
 */
final class TransportErrorMapper {
    /** End of the message of a failure that occurred before the request was sent. */
    private static final String NOTHING_SENT = "; nothing was sent";
    /** End of the message of a failure that occurred while the request was being sent. */
    private static final String PARTLY_SENT = "; the request was sent in part, so it has not taken place";

    private TransportErrorMapper() {}

    /** End of the message of a failure. */
    static String consequence(Stage reached) {
        return switch (reached) {
            case SENT -> HttpCall.MAY_HAVE_TAKEN_PLACE;
            case SENDING -> PARTLY_SENT;
            default -> NOTHING_SENT;
        };
    }

    /** @param reached how far the request got */
    static IOException map(Exception cause, Stage reached, ApacheCall call) {
        if (cause instanceof UnreadableContentException) {
            return unreadable(cause, reached, call);
        }
        return reached.isBegun() ? sent(cause, reached, call) : notSent(cause, call);
    }

    /** @param cause why the content of the request cannot be read */
    static IOException unreadable(Exception cause, Stage reached, ApacheCall call) {
        return with(
                cause,
                new IOException(call + ": the content of the request cannot be read (" + cause.getMessage() + ")"
                        + consequence(reached)));
    }

    private static IOException sent(Exception cause, Stage reached, ApacheCall call) {
        if (cause
                instanceof
                SSLHandshakeException) { // in TLS 1.3 the server may reject a handshake that we consider complete
            return with(cause, new SSLHandshakeException(call + ": TLS handshake failed: " + message(cause)));
        }
        if (!(cause instanceof IOException) && !(cause instanceof HttpException)) {
            return new IOException(call + ": " + cause + consequence(reached), cause);
        }
        Redactor redactor = call.request().redactor();
        String words = Excerpt.of(redactor.redact(message(cause)));
        String broken =
                reached == Stage.SENDING ? "while the request was being sent" : "before the complete response arrived";
        IOException failure = cause instanceof HttpException || cause instanceof MessageConstraintException
                ? new ProtocolException(call + ": the response is not valid HTTP: " + words + consequence(reached))
                : new SocketException(
                        call + ": the connection broke " + broken + " (" + words + ")" + consequence(reached));
        return redactor.showable(cause) == null ? failure : with(cause, failure);
    }

    /** The message; the name of its class where there is none, as of a closed channel. */
    private static String message(Exception cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** @param failing what did not happen within {@code limit} */
    static IOException notConnected(ApacheCall call, String failing, Duration limit) {
        return new ConnectTimeoutException(call + ": " + failing + " within " + CallTimeoutException.readable(limit)
                + " (connectTimeout)" + NOTHING_SENT);
    }

    private static IOException notSent(Exception cause, ApacheCall call) {
        if (cause instanceof ConnectionRequestTimeoutException) {
            return with(cause, new ConnectTimeoutException(call + ": " + message(cause) + NOTHING_SENT));
        }
        if (cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof ConnectTimeoutException) {
            return (IOException) cause; // its message has the address
        }
        if (cause instanceof SocketTimeoutException) {
            return with(
                    cause,
                    new ConnectTimeoutException(call + ": TLS handshake timed out (connectTimeout)" + NOTHING_SENT));
        }
        String why = ": " + message(cause) + NOTHING_SENT;
        if (cause instanceof UnknownHostException) {
            return with(cause, new UnknownHostException(call + ": the host name cannot be resolved" + why));
        }
        if (cause instanceof SSLException) {
            return with(cause, new SSLHandshakeException(call + ": TLS handshake failed" + why));
        }
        return with(cause, new ConnectException(call + ": could not obtain a connection" + why));
    }

    private static IOException with(Exception cause, IOException failure) {
        failure.initCause(cause);
        return failure;
    }
}
