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

import java.util.List;
import java.util.Map;

/** Thrown when the service rejects a request; has the reply that says so. */
final class RejectedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    private RejectedRequestException(Reply reply) {
        super("rejected", null, false, false);
        this.reply = reply;
    }

    static RejectedRequestException notFound(String detail) {
        return new RejectedRequestException(Reply.error(404, detail));
    }

    static RejectedRequestException unauthorized(String detail) {
        return new RejectedRequestException(Reply.error(401, detail).header("WWW-Authenticate", "Bearer"));
    }

    static RejectedRequestException wrongMethod(String allowed) {
        return new RejectedRequestException(
                Reply.error(405, "Method Not Allowed").header("Allow", allowed));
    }

    static RejectedRequestException invalid(List<Map<String, Object>> problems) {
        return new RejectedRequestException(Reply.error(422, problems));
    }

    static RejectedRequestException invalid(List<String> location, String message, String type) {
        return invalid(List.of(problem(location, message, type)));
    }

    /** One entry of a {@code HTTPValidationError}. */
    static Map<String, Object> problem(List<String> location, String message, String type) {
        return Map.of("loc", location, "msg", message, "type", type);
    }

    Reply reply() {
        return reply;
    }
}
