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

import java.util.Map;

/** Selects one output among those of a run: the one that is named, or the sole one. */
public final class OutputSelector {
    private OutputSelector() {}

    /**
     * The value of an output.
     *
     * @param outputs by node id
     * @param name of the output; null for the sole one
     * @return null if there is none, or none is named and there are several
     */
    public static Object select(Map<String, Object> outputs, String name) {
        if (name != null) {
            return outputs.get(name);
        }
        return outputs.size() == 1 ? outputs.values().iterator().next() : null;
    }

    /** As {@link #select}, as text: a string as it is, another value as JSON; empty for none. */
    public static String text(Map<String, Object> outputs, String name) {
        Object value = select(outputs, name);
        return value == null ? "" : Json.text(value);
    }
}
