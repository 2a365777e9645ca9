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
package io.github.camelstackai.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;

/** Status and headers of a reply, sent exactly as they are here. Immutable. */
record ReplyHead(int status, List<Map.Entry<String, String>> headers) {
    static final ReplyHead OK = new ReplyHead(200, List.of());

    ReplyHead withStatus(int newStatus) {
        if (newStatus < 200 || newStatus > 999) {
            throw new IllegalArgumentException(
                    "Status " + newStatus + " is not between 200 and 999; Reply.raw sends any other");
        }
        return new ReplyHead(newStatus, headers);
    }

    ReplyHead with(String name, String value) {
        return new ReplyHead(
                status,
                Stream.concat(headers.stream(), Stream.of(Map.entry(name, value)))
                        .toList());
    }

    ReplyHead without(String name) {
        return new ReplyHead(
                status,
                headers.stream()
                        .filter(header -> !header.getKey().equalsIgnoreCase(name))
                        .toList());
    }

    /** The framing that the headers of a received response name. */
    ReplyBody.Framing framing() {
        if (has("Transfer-Encoding")) {
            return ReplyBody.Framing.CHUNKED;
        }
        boolean bodiless = status == 204 || status == 304;
        return has("Content-Length") || bodiless ? ReplyBody.Framing.LENGTH : ReplyBody.Framing.UNTIL_CLOSE;
    }

    boolean has(String name) {
        return headers.stream().anyMatch(header -> header.getKey().equalsIgnoreCase(name));
    }

    byte[] bytes() {
        String reason = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, null);
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " " + (reason == null ? "" : reason) + "\r\n");
        headers.forEach(header -> text.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
