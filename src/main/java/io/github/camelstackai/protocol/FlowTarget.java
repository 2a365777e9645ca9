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
package io.github.camelstackai.protocol;

import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.text.Excerpt;
import java.util.Locale;

/**
 * The flow that a call addresses.
 *
 * @param operation what the call does
 */
public record FlowTarget(StackAiOperation operation, String orgId, String flowId) implements CallTarget {
    /** For messages: on one line whatever the names contain. */
    @Override
    public String toString() {
        return "StackAI " + operation.name().toLowerCase(Locale.ROOT) + " of flow " + Excerpt.of(flowId)
                + " (organisation " + Excerpt.of(orgId) + ")";
    }
}
