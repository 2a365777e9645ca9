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
package io.github.camelstackai.examples.kafka;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for StackAI where there is no account: slow, at times busy, and with an input that it refuses. */
final class SimulatedService implements AutoCloseable {
    private static final String FLOW = "triage";

    private final StackAiSimulator simulator = StackAiSimulator.start();
    private final AtomicInteger requests = new AtomicInteger();

    SimulatedService() {
        simulator.script(FLOW, this::reply);
    }

    Map<String, String> environment() {
        return Map.of(
                "STACKAI_BASE_URL", simulator.baseUrl(),
                "STACKAI_API_KEY", simulator.apiKey(),
                "STACKAI_ORG_ID", simulator.orgId(),
                "STACKAI_FLOW_ID", FLOW);
    }

    /** Every 20th request is throttled, every 33rd meets a gateway without a service behind it. */
    private Reply reply(RecordedRequest request) {
        int number = requests.incrementAndGet();
        if (number % 20 == 0) {
            return Reply.error(429, "Slow down").header("Retry-After", "1");
        }
        if (number % 33 == 0) {
            return Reply.error(503, "No service behind this gateway");
        }
        if (request.text().contains(SampleEvents.REFUSED)) {
            return Reply.error(422, "The text is not a question");
        }
        return Reply.usual().after(Duration.ofMillis(300 + number * 37L % 900));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
