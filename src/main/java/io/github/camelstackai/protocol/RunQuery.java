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

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Selects runs of the log. One without a date is in every period.
 *
 * @param states empty for all
 * @param userId null for all
 * @param from the earliest date; null for all
 * @param to the latest date; null for all
 */
public record RunQuery(Set<RunState> states, String userId, Instant from, Instant to) {
    public RunQuery(Set<RunState> states, String userId, Instant from) {
        this(states, userId, from, null);
    }

    /** The parameters of the request for one page, in an order of their own. */
    public Map<String, String> parameters(int page, int pageSize) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("page", Integer.toString(page));
        parameters.put("page_size", Integer.toString(pageSize));
        if (from != null) {
            parameters.put("start_date", from.toString());
        }
        if (to != null) {
            parameters.put("end_date", to.toString());
        }
        if (userId != null) {
            parameters.put("user_id", userId);
        }
        if (!states.isEmpty()) {
            parameters.put("state", states.stream().map(Enum::name).collect(Collectors.joining(",")));
        }
        return parameters;
    }

    /** Whether the query selects a run that the service returned; a service or gateway may ignore a parameter. */
    public boolean selects(LoggedRun run) {
        return isSelectedState(run.state())
                && (userId == null || userId.equals(run.userId()))
                && (from == null || !run.date().isBefore(from))
                && (to == null || !run.isDated() || !run.date().isAfter(to));
    }

    private boolean isSelectedState(String state) {
        return states.isEmpty()
                || state == null
                || states.stream().anyMatch(selected -> selected.name().equalsIgnoreCase(state));
    }
}
