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
package io.github.camelstackai.failure;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.http.CollectedResponse;

/**
 * A call that was answered with a status other than 2xx.
 *
 * @param response at most the first {@link HttpErrorMapper#MAX_BODY} bytes of the body
 * @param url address of the call
 * @param errors maps it to an exception
 */
public record RefusedCall(CollectedResponse response, CallDescription call, String url, HttpErrorMapper errors) {
    /** Creates a new exception for it. */
    public StackAiOperationFailedException exception() {
        return errors.map(this);
    }
}
