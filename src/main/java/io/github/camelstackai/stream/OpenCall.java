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
package io.github.camelstackai.stream;

import io.github.camelstackai.observe.OutcomeMapper;

/** A stream, or another wait for the service, that can be ended from outside. */
public interface OpenCall {
    /**
     * Ends the call; returns without blocking. May be called by any thread, also when the call has ended.
     *
     * @param outcome of the call, one of {@link OutcomeMapper}
     */
    void cancel(String outcome, String reason);
}
