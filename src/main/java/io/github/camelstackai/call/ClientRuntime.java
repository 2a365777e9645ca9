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

import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.auth.PendingTokens;
import io.github.camelstackai.http.HttpTransport;
import io.github.camelstackai.observe.CallObserver;
import io.github.camelstackai.protocol.Json;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What all endpoints of a component share.
 *
 * @param credential of calls whose endpoint has no API key; supplies null for none
 * @param proxyCredentials further secrets to redact, such as the proxy password
 * @param pendingTokens the calls that wait for a token
 * @param workers runs work that must not block an I/O thread
 * @param observer is told of each call
 */
public record ClientRuntime(
        HttpTransport transport,
        Json json,
        Supplier<Credential> credential,
        Supplier<List<String>> proxyCredentials,
        PendingTokens pendingTokens,
        Executor workers,
        CallObserver observer) {
    /** The same with another observer. */
    ClientRuntime observedBy(CallObserver other) {
        return new ClientRuntime(transport, json, credential, proxyCredentials, pendingTokens, workers, other);
    }
}
