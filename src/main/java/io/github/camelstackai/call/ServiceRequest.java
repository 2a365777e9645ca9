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

import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.protocol.CallTarget;

/**
 * A request to the service, complete but for its credential.
 *
 * @param target what it addresses
 * @param caller whether the answer is still wanted
 * @param begin from which on its time limits count, as {@link System#nanoTime} names it
 */
public record ServiceRequest(CallTarget target, OutboundRequest http, Caller caller, long begin) {
    /** Its time limits count from now on. */
    public ServiceRequest(CallTarget target, OutboundRequest http, Caller caller) {
        this(target, http, caller, System.nanoTime());
    }

    /** The same as a part of what began before: the time limits cover both. */
    public ServiceRequest since(long beginning) {
        return new ServiceRequest(target, http, caller, beginning);
    }

    /** The same on behalf of another caller. */
    public ServiceRequest by(Caller other) {
        return new ServiceRequest(target, http, other, begin);
    }
}
