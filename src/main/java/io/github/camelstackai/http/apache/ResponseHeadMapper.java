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

import io.github.camelstackai.http.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/** Maps the client's response heads to those of the transport. */
final class ResponseHeadMapper {
    private ResponseHeadMapper() {}

    /** Of a repeated header, the first value counts, but for {@code Retry-After}. */
    static ResponseHead map(HttpResponse response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<String> retryAfter = new ArrayList<>(0);
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName(), header.getValue());
            if (HttpHeaders.RETRY_AFTER.equalsIgnoreCase(header.getName())) {
                retryAfter.add(header.getValue());
            }
        }
        return new ResponseHead(response.getCode(), response.getReasonPhrase(), headers, retryAfter);
    }
}
