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
package io.github.camelstackai.examples.launcher;

import java.util.List;
import java.util.Map;

/** The StackAI account that the environment of an example may name. */
public final class Account {
    /** What to tell the user where there is none. */
    public static final String NONE =
            "No account: STACKAI_API_KEY, STACKAI_ORG_ID and STACKAI_FLOW_ID are not in the environment.";

    private static final List<String> VARIABLES = List.of("STACKAI_API_KEY", "STACKAI_ORG_ID", "STACKAI_FLOW_ID");

    private Account() {}

    /**
     * Whether the environment names one.
     *
     * @throws IllegalArgumentException when it names one only in part
     */
    public static boolean isIn(Map<String, String> environment) {
        List<String> missing = VARIABLES.stream()
                .filter(name -> environment.getOrDefault(name, "").isBlank())
                .toList();
        if (!missing.isEmpty() && !missing.equals(VARIABLES)) {
            throw new IllegalArgumentException("set " + String.join(" and ", missing)
                    + " in the environment too, or none of " + VARIABLES + " to run on the simulator");
        }
        return missing.isEmpty();
    }
}
