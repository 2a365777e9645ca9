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
package io.github.camelstackai.operation;

import io.github.camelstackai.http.HttpTransport;
import io.github.camelstackai.protocol.Json;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What all operations of a component share.
 *
 * @param credential gives that of calls whose endpoint has no API key; null for none
 * @param secrets gives what calls pass on besides their own credential, such as that for a proxy
 * @param waits the calls that wait for their token
 * @param workers goes on with what the I/O threads must not be held up by
 */
public record Service(
        HttpTransport transport,
        Json json,
        Supplier<Credential> credential,
        Supplier<List<String>> secrets,
        TokenWaits waits,
        Executor workers) {}
