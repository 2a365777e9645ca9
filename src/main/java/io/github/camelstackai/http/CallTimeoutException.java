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

/** A call took longer than one of its {@link CallTimeouts} lets it. */
public final class CallTimeoutException extends SocketTimeoutException {
    private static final long serialVersionUID = 1L;

    /** Which of the limits was reached. */
    public enum Limit {
        RESPONSE("no response head within %s (responseTimeout)"),
        IDLE("silence of %s inside the response body (streamIdleTimeout)"),
        TOTAL("not done within %s (totalTimeout)");

        private final String text;

        Limit(String text) {
            this.text = text;
        }
    }

    private final Limit limit;

    CallTimeoutException(Limit limit, Duration duration, Object call, String aftermath) {
        super(call + ": " + limit.text.formatted(readable(duration)) + aftermath);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }

    static String readable(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
