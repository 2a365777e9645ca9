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

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggedRunTest {
    private static LoggedRun run(String state, Object date) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("run_id", "r");
        fields.put("state", state);
        fields.put("date", date);
        fields.put("error", state == null ? "quota" : null);
        return LoggedRun.of(fields);
    }

    /** The end of a run must not be taken for what was told before. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "COMPLETED, r:ended",
                "failed, r:ended",
                "CANCELLED, r:ended",
                "-, r:ended",
                "PAUSED, r:paused",
                "PENDING, r:running",
                "RESUMED, r:running",
                "EXPIRED, r:expired",
            })
    void keyTellsTheEndFromEveryOtherState(String state, String key) {
        assertThat(run(state, null).key()).isEqualTo(key);
    }

    @Test
    void dateMayBeANumber() {
        assertThat(run(null, 1764144000).date()).isEqualTo(Instant.parse("2025-11-26T08:00:00Z"));
        assertThat(run(null, true).isDated()).isFalse();
    }
}
