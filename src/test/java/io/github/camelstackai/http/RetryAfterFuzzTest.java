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
package io.github.camelstackai.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Any value of the header: it asks for a delay within the cap, or for none. */
class RetryAfterFuzzTest {
    private static final Duration CAP = Duration.ofSeconds(60);

    @FuzzTest(maxDuration = "2m")
    void anyValueAsksForADelayWithinTheCapOrForNone(byte[] value) {
        String header = new String(value, StandardCharsets.ISO_8859_1);
        Duration delay = RetryAfter.parse(List.of(header), Instant.parse("2027-01-01T00:00:00Z"), CAP);
        if (delay != null) {
            assertThat(delay).isPositive().isLessThanOrEqualTo(CAP);
        }
    }
}
