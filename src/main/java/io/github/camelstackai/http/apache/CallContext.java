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
package io.github.camelstackai.http.apache;

import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.protocol.HttpContext;

/** The context in which HttpClient executes an exchange. HttpClient passes it on as it is. */
final class CallContext extends HttpClientContext {
    private final CallExchange exchange;

    CallContext(CallExchange exchange) {
        this.exchange = exchange;
    }

    static CallExchange exchange(HttpContext context) {
        return ((CallContext) context).exchange;
    }
}
