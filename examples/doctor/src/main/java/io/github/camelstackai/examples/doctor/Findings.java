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

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The findings of an examination, one for each check. Not thread-safe. */
final class Findings {
    static final int AS_ASSUMED = 0;
    static final int OTHERWISE = 1;
    static final int NOT_EXAMINED = 2;

    private final Map<Check, Finding> found = new EnumMap<>(Check.class);
    private boolean examined;

    /** The service was reached, and has not refused the credential. */
    void examined() {
        examined = true;
    }

    void judge(Check check, boolean asAssumed, String seen) {
        judge(check, asAssumed, seen, "");
    }

    /** The first finding that is otherwise stays, whatever comes later. */
    void judge(Check check, boolean asAssumed, String seen, String detail) {
        if (!is(check, Verdict.OTHERWISE)) {
            found.put(check, new Finding(check, asAssumed ? Verdict.AS_ASSUMED : Verdict.OTHERWISE, seen, detail));
        }
    }

    /** Of an answer that proves nothing, the finding is unknown. */
    void judge(Check check, Response answer, boolean asAssumed) {
        judge(check, answer, asAssumed, answer.form());
    }

    /** As {@link #judge(Check, Response, boolean)}, in other words. */
    void judge(Check check, Response answer, boolean asAssumed, String seen) {
        if (answer.provesNothing()) {
            unknown(check, answer.form());
        } else {
            judge(check, asAssumed, seen, asAssumed ? "" : answer.detail());
        }
    }

    /** Of a run that the service refuses. If it is not busy, its words say what is wrong with the run. */
    void refused(Check check, Response answer) {
        if (answer.isBusy()) {
            unknown(check, answer.form());
        } else {
            judge(check, false, answer.form(), answer.detail());
        }
    }

    /** Has no effect if there is a finding. */
    void unknown(Check check, String why) {
        found.putIfAbsent(check, new Finding(check, Verdict.UNKNOWN, why, ""));
    }

    boolean is(Check check, Verdict verdict) {
        return found.containsKey(check) && found.get(check).verdict() == verdict;
    }

    Stream<Finding> with(Verdict verdict) {
        return found.values().stream().filter(finding -> finding.verdict() == verdict);
    }

    /** In the order of the checks. */
    List<Finding> all() {
        return List.copyOf(found.values());
    }

    /** The checks without a finding, in their order. */
    List<Check> missing() {
        return Arrays.stream(Check.values())
                .filter(check -> !found.containsKey(check))
                .toList();
    }

    /** The exit status. */
    int status() {
        if (!examined) {
            return NOT_EXAMINED;
        }
        return with(Verdict.OTHERWISE).findAny().isPresent() ? OTHERWISE : AS_ASSUMED;
    }
}
