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
package io.github.camelstackai.observe;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.StackAiStreamException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;

/** Names how a call ended, as the tag {@code outcome} has it. There are few names, whatever the service answers. */
public final class OutcomeMapper {
    /** The answer is complete. */
    public static final String SUCCESS = "success";
    /** The reader closed the stream, or its exchange ended, before the end of the answer. */
    public static final String CANCELLED = "cancelled";
    /** The route or the component stopped. */
    public static final String STOPPED = "stopped";
    /** No token could be obtained; the call was not sent. */
    public static final String NO_TOKEN = "no_token";

    /** The service stored a file, and will not index it. */
    public static final String NOT_INDEXED = "not_indexed";

    private static final Set<String> NO_FAILURES = Set.of(SUCCESS, CANCELLED, STOPPED);
    private static final int FIRST_ERROR = 400;
    private static final int LAST_ERROR = 599;

    private OutcomeMapper() {}

    /** Whether a call with this outcome has failed; one that was cancelled or stopped has not. */
    public static boolean isFailure(String outcome) {
        return !NO_FAILURES.contains(outcome);
    }

    /** {@code http_429} for the status 429; {@code http_other} for one that is not an HTTP error. */
    public static String status(int status) {
        return status >= FIRST_ERROR && status <= LAST_ERROR ? "http_" + status : "http_other";
    }

    /** The outcome of a call that failed with {@code failure}. */
    public static String of(Throwable failure) {
        if (failure instanceof StackAiOperationFailedException refused) {
            return status(refused.getStatusCode());
        }
        if (failure instanceof StackAiStreamException broken) {
            return "stream_" + broken.getReason().name().toLowerCase(Locale.ROOT);
        }
        if (failure instanceof StackAiRunFailedException) {
            return "run_failed";
        }
        if (failure instanceof StackAiResponseException) {
            return "unreadable";
        }
        return failure instanceof IOException io ? of(io) : "error";
    }

    private static String of(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return "timeout";
        }
        boolean unconnected = failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException
                || failure instanceof SSLHandshakeException;
        return unconnected ? "connect" : "io";
    }
}
