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
package io.github.camelstackai.examples.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whose run is which; the last ones of all people. Thread-safe. */
final class Runs {
    private static final int REMEMBERED = 10_000;

    private final Map<String, String> users = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** @param runId null where the service named none: then nobody can judge it */
    void add(String runId, String userId) {
        if (runId != null) {
            users.put(runId, userId);
        }
    }

    boolean isOf(String runId, String userId) {
        return userId != null && userId.equals(users.get(runId));
    }
}
