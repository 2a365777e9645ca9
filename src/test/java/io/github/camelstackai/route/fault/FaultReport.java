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
package io.github.camelstackai.route.fault;

import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.http.CallTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/**
 * The outcome of a call as the page describes it.
 *
 * @param exception the exception with its status or reason
 * @param again whether a repetition may succeed
 * @param when at once, or the option whose time passed first
 */
record FaultReport(String exception, String again, String when) {
    /** The exceptions of {@code docs/errors.md} that mean that nothing was sent. */
    private static final List<Class<? extends IOException>> NOTHING_SENT = List.of(
            ConnectException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            SSLHandshakeException.class,
            ConnectTimeoutException.class);

    static final FaultReport ANSWERED = new FaultReport("none, the answer is whole", "", "at once");
    /** A call that makes no sense of what it receives. */
    static final FaultReport TAKEN = new FaultReport("none, the body is what was received", "", "at once");

    static final FaultReport OPENED = new FaultReport("none, the route continues with the stream", "", "at once");

    /** The call succeeded by a further request. */
    static FaultReport repeated(Fault fault) {
        String when = fault.limit() == null ? "at once" : "after `" + fault.limit().option + "`";
        return new FaultReport("none, the status is requested again", "", when);
    }

    /** @param mayHaveRun as the exchange says; null where the stream failed after its step */
    static FaultReport of(Throwable failure, Boolean mayHaveRun, Fault fault) {
        boolean waited = fault.limit() != null && isExpiryOf(failure, fault.limit());
        return new FaultReport(
                name(failure), again(failure, mayHaveRun), waited ? "after `" + fault.limit().option + "`" : "at once");
    }

    private static String name(Throwable failure) {
        String name = "`" + documented(failure.getClass()).getSimpleName() + "`";
        if (failure instanceof StackAiOperationFailedException refused) {
            return name + " " + refused.getStatusCode();
        }
        return failure instanceof StackAiStreamException broken ? name + " `" + broken.getReason() + "`" : name;
    }

    private static String again(Throwable failure, Boolean mayHaveRun) {
        if (failure instanceof StackAiFailure known) {
            return known.isRetryable() ? "yes" : "no";
        }
        if (!(failure instanceof IOException)) {
            throw new AssertionError("Neither a StackAiFailure nor an IOException", failure);
        }
        if (nothingWasSent(failure)) {
            return "yes, nothing was sent";
        }
        return Boolean.FALSE.equals(mayHaveRun) ? "yes, it was sent in part" : "it may have run";
    }

    private static boolean nothingWasSent(Throwable failure) {
        return NOTHING_SENT.stream().anyMatch(type -> type.isInstance(failure));
    }

    /** The type to name in an {@code onException} clause. */
    private static Class<?> documented(Class<?> type) {
        boolean named = type == ConnectTimeoutException.class
                || type.getPackageName().startsWith("java.")
                || type.getPackage() == StackAiFailure.class.getPackage();
        return named ? type : documented(type.getSuperclass());
    }

    private static boolean isExpiryOf(Throwable failure, Fault.TimeLimit limit) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause)
                .anyMatch(e -> (e instanceof CallTimeoutException expired
                                && expired.limit().option().equals(limit.option))
                        || (e instanceof ConnectTimeoutException && limit == Fault.TimeLimit.CONNECT));
    }
}
