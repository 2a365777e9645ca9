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

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A call exceeded one of its {@link CallTimeouts}. */
public final class CallTimeoutException extends SocketTimeoutException {
    private static final long serialVersionUID = 1L;

    /** Which of the limits was reached. */
    public enum Limit {
        RESPONSE("responseTimeout", "no response within %s"),
        SENDING("responseTimeout", "the server has read nothing more of the request, which was being sent, for %s"),
        IDLE("streamIdleTimeout", "no data for %s inside the response body"),
        TOTAL("totalTimeout", "not complete within %s");

        private final String option;
        private final String text;

        Limit(String option, String text) {
            this.option = option;
            this.text = text;
        }

        /** The option that sets it. */
        public String option() {
            return option;
        }
    }

    private final Limit limit;

    /**
     * @param call the call, as it is named in the message
     * @param consequence end of the message: whether the request was sent
     */
    public CallTimeoutException(Limit limit, Duration duration, Object call, String consequence) {
        super(call + ": " + limit.text.formatted(readable(duration)) + " (" + limit.option + ")" + consequence);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }

    /** The duration as Camel writes it, such as {@code 30s}, in milliseconds at the finest. */
    public static String readable(Duration duration) {
        return duration.truncatedTo(ChronoUnit.MILLIS).toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
