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

/** The service, or a gateway or proxy in front of it, answered a call with a status other than 2xx. */
public class StackAiOperationFailedException extends HttpOperationFailedException implements StackAiFailure {
    private static final long serialVersionUID = 1L;
    private static final Set<Integer> RETRYABLE = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final int REQUEST_TIMEOUT = 408;

    private final String message;
    private final String detail;
    private final boolean mayHaveRun;
    private final transient List<StackAiValidationError> validationErrors;

    /**
     * @param message what happened, to which call, and what to do
     * @param uri address of the call, without credentials
     * @param location target of a redirect; null for none
     * @param responseBody at most the first 64 KiB of the response body
     * @param detail explanation by the service; null for none
     * @param validationErrors empty for none
     * @param mayHaveRun whether the call may have started a run, whatever the status says; false for a token request
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
            List<StackAiValidationError> validationErrors,
            boolean mayHaveRun) {
        super(uri, statusCode, statusText, location, responseHeaders, responseBody);
        this.message = message;
        this.detail = detail;
        this.validationErrors = List.copyOf(validationErrors);
        this.mayHaveRun = mayHaveRun && (statusCode >= 500 || statusCode == REQUEST_TIMEOUT);
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** Returns the {@code detail} of the response body: text, or JSON if it is an object or a list; null for none. */
    public String getDetail() {
        return detail;
    }

    /** Returns the validation errors of a 422 in the order of the response; empty for none, and after deserialisation. */
    public List<StackAiValidationError> getValidationErrors() {
        return validationErrors == null ? List.of() : validationErrors;
    }

    @Override
    public boolean isRetryable() {
        return RETRYABLE.contains(getStatusCode());
    }

    /**
     * Returns true for 5xx and 408, false for redirects and other 4xx, by which the service rejects a request, and for a refused
     * token request, before which nothing was sent.
     */
    @Override
    public boolean mayHaveRun() {
        return mayHaveRun;
    }

    /** Returns null: the response to a refused call names no run. */
    @Override
    public String getRunId() {
        return null;
    }
}
