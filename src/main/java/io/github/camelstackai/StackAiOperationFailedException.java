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
package io.github.camelstackai;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;

/** The service, or a gateway before it, answered with a status other than 2xx. */
public class StackAiOperationFailedException extends HttpOperationFailedException implements StackAiFailure {
    private static final long serialVersionUID = 1L;
    private static final Set<Integer> RETRYABLE = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final int REQUEST_TIMEOUT = 408;

    private final String message;
    private final String detail;
    private final transient List<StackAiValidationError> validationErrors;

    /**
     * @param message what happened, to which call, and what to do
     * @param uri without credentials
     * @param location where a redirect pointed to; null for none
     * @param responseBody the first 64 KiB of it
     * @param detail the service's own words; null when it had none
     */
    public StackAiOperationFailedException(
            String message,
            String uri,
            int statusCode,
            String statusText,
            String location,
            Map<String, String> responseHeaders,
            String responseBody,
            String detail,
            List<StackAiValidationError> validationErrors) {
        super(uri, statusCode, statusText, location, responseHeaders, responseBody);
        this.message = message;
        this.detail = detail;
        this.validationErrors = List.copyOf(validationErrors);
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** What the service says is wrong: its {@code detail} as text, an object or list of it as JSON; null for none. */
    public String getDetail() {
        return detail;
    }

    /** The single errors of a 422, in the service's order; empty for none. */
    public List<StackAiValidationError> getValidationErrors() {
        return validationErrors == null ? List.of() : validationErrors;
    }

    @Override
    public boolean isRetryable() {
        return RETRYABLE.contains(getStatusCode());
    }

    /** False for a redirect, and for a status by which the service refuses a request: 4xx other than 408. */
    @Override
    public boolean mayHaveRun() {
        return getStatusCode() >= 500 || getStatusCode() == REQUEST_TIMEOUT;
    }

    /** Always null: a refused call has no run. */
    @Override
    public String getRunId() {
        return null;
    }
}
