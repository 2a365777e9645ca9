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
package io.github.camelstackai.call;

import io.github.camelstackai.http.CallTimeouts;

/**
 * The options of an endpoint that all its calls share.
 *
 * @param apiKey null for the credential of the component
 * @param baseUrl of the service
 * @param version of the flow; -1 for the latest published one
 * @param verbose whether the service answers with the full model
 * @param maxResponseSize in bytes
 */
public record CallOptions(
        String apiKey, String baseUrl, int version, boolean verbose, CallTimeouts timeouts, int maxResponseSize) {
    /** The same with other time limits. */
    CallOptions within(CallTimeouts limits) {
        return new CallOptions(apiKey, baseUrl, version, verbose, limits, maxResponseSize);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CallOptions[" + baseUrl + "]";
    }
}
