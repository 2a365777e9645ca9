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
package io.github.camelstackai.examples.doctor;

import io.github.camelstackai.simulator.RecordedRequest;
import java.util.function.Predicate;

/** Which requests of the doctor a script answers. */
final class Requests {
    private Requests() {}

    static Predicate<RecordedRequest> isRun() {
        return path("/run/")
                .and(method("POST"))
                .and(request -> request.query().isEmpty() && !request.text().contains("doc-0"));
    }

    static Predicate<RecordedRequest> isStream() {
        return path("/stream/")
                .and(request -> request.query().isEmpty() && request.text().contains("\"stream\":true"));
    }

    /** The call that asks for the flow itself. */
    static Predicate<RecordedRequest> metadata() {
        return request -> request.path().endsWith("/run/sim-org/" + Examined.FLOW + "/metadata")
                && request.header("Authorization").equals("Bearer sim-key")
                && request.query().isEmpty();
    }

    static Predicate<RecordedRequest> inventedFlow() {
        return path("/run/sim-org/").and(invented());
    }

    /** The calls that name an organisation or a flow that nobody has. */
    static Predicate<RecordedRequest> invented() {
        return request -> request.path().endsWith("/metadata")
                && !request.path().endsWith("/sim-org/" + Examined.FLOW + "/metadata");
    }

    static Predicate<RecordedRequest> path(String part) {
        return request -> request.path().contains(part);
    }

    static Predicate<RecordedRequest> query(String name) {
        return request -> request.query(name) != null;
    }

    static Predicate<RecordedRequest> method(String method) {
        return request -> request.method().equals(method);
    }
}
