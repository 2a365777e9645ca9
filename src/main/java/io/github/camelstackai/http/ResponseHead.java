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

import java.util.List;
import java.util.Map;

/**
 * Status line and headers of a response.
 *
 * @param reason the reason phrase; null for none
 * @param headers first value of each header, by its name in any case
 * @param retryAfter every value of the header {@code Retry-After}; empty for none
 */
public record ResponseHead(int status, String reason, Map<String, String> headers, List<String> retryAfter) {
    /** Whether the service accepted the request (2xx). */
    public boolean successful() {
        return status >= 200 && status < 300;
    }
}
