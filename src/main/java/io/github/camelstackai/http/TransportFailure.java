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

import io.github.camelstackai.http.CallExchange.Stage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;

/**
 * Names what went wrong on the wire as the {@link IOException} that a Camel user knows, with the call in its message. What
 * was not sent, or not looked at, is a {@link ConnectException}, {@link NoRouteToHostException}, {@link UnknownHostException},
 * {@link SSLHandshakeException} or {@link ConnectTimeoutException}, and nothing else is.
 */
final class TransportFailure {
    private static final String NOTHING_SENT = "; nothing was sent";
    private static final Pattern UNSHOWABLE = Pattern.compile("[^ -~]+");
    private static final int WORDS = 200;

    private TransportFailure() {}

    /** Whether the peer says, as HTTP/2 lets it, that it has not looked at the request. */
    static boolean isSentBack(Exception cause) {
        return cause instanceof UnseenRequests.UnseenException
                || (cause instanceof H2StreamResetException reset
                        && reset.getCode() == H2Error.REFUSED_STREAM.getCode());
    }

    static IOException of(Exception cause, Stage reached, HttpCall call) {
        if (reached != Stage.SENT) {
            return notSent(cause, call);
        }
        if (isSentBack(cause)) {
            return new ConnectException(call + ": the service sent the request back without having looked at it");
        }
        if (cause instanceof SSLHandshakeException) { // by TLS 1.3 the peer's half may end after ours
            return with(cause, new SSLHandshakeException(call + ": no TLS connection: " + said(cause)));
        }
        if (!(cause instanceof IOException) && !(cause instanceof HttpException)) {
            return new IOException(call + ": " + cause + HttpCall.AFTERMATH, cause);
        }
        String words = words(cause, call);
        IOException failure = cause instanceof HttpException || cause instanceof MessageConstraintException
                ? new ProtocolException(call + ": the response is not valid HTTP: " + words + HttpCall.AFTERMATH)
                : new SocketException(call + ": the connection broke before the whole response had arrived (" + words
                        + ")" + HttpCall.AFTERMATH);
        return words.equals(said(cause)) ? with(cause, failure) : failure;
    }

    /** What the client says: it may repeat what came, so one line of ASCII, and nothing where that shows the credential. */
    private static String words(Exception cause, HttpCall call) {
        String said = said(cause);
        if (call.request().shows(said)) {
            return "it repeats the credential";
        }
        String start = said.length() <= WORDS ? said : said.substring(0, WORDS) + "...";
        return UNSHOWABLE.matcher(start).replaceAll(" ");
    }

    /** A closed channel, for one, has no message. */
    private static String said(Exception cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** @param failing what has not taken place within {@code limit} */
    static IOException notConnected(HttpCall call, String failing, Duration limit) {
        return new ConnectTimeoutException(call + ": " + failing + " within " + CallTimeoutException.readable(limit)
                + " (connectTimeout)" + NOTHING_SENT);
    }

    private static IOException notSent(Exception cause, HttpCall call) {
        if (cause instanceof ConnectionRequestTimeoutException) {
            return with(cause, new ConnectTimeoutException(call + ": " + said(cause) + NOTHING_SENT));
        }
        if (cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof ConnectTimeoutException) {
            return (IOException) cause; // names the address
        }
        if (cause instanceof SocketTimeoutException) {
            return with(
                    cause,
                    new ConnectTimeoutException(
                            call + ": TLS was not agreed on in time (connectTimeout)" + NOTHING_SENT));
        }
        String why = ": " + said(cause) + NOTHING_SENT;
        if (cause instanceof UnknownHostException) {
            return with(cause, new UnknownHostException(call + ": the host name cannot be resolved" + why));
        }
        if (cause instanceof SSLException) {
            return with(cause, new SSLHandshakeException(call + ": no TLS connection" + why));
        }
        return with(cause, new ConnectException(call + ": there was no connection to send it over" + why));
    }

    private static IOException with(Exception cause, IOException failure) {
        failure.initCause(cause);
        return failure;
    }
}
