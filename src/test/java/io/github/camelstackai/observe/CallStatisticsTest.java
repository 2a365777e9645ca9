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
package io.github.camelstackai.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallStatisticsTest {
    private final CallStatistics calls = new CallStatistics();

    private CallObservation run(String flow) {
        return calls.begin(StackAiOperation.RUN, flow);
    }

    @Test
    void callIsInFlightUntilItHasEnded() {
        CallObservation call = run("triage");
        assertThat(calls.figures().inFlight()).isEqualTo(1);
        assertThat(calls.figures().oldest()).isPositive();
        call.succeeded();
        assertThat(calls.figures().inFlight()).isZero();
        assertThat(calls.figures().oldest()).isZero();
        assertThat(calls.figures().ended()).isEqualTo(1);
    }

    @Test
    void ageIsThatOfTheOldestCall() {
        run("a");
        Duration first = calls.figures().oldest();
        run("b");
        assertThat(calls.figures().oldest()).isGreaterThan(first);
    }

    @Test
    void callEndsOnce() {
        CallObservation call = run("triage");
        call.ended(OutcomeMapper.CANCELLED);
        call.failed(new IllegalStateException());
        assertThat(calls.figures().outcomes()).isEqualTo(Map.of(OutcomeMapper.CANCELLED, 1L));
    }

    @Test
    void failuresAreCountedByKind() {
        run("triage").ended(OutcomeMapper.status(429));
        run("triage").ended(OutcomeMapper.status(429));
        run("other flow").ended(OutcomeMapper.status(500));
        run("triage").succeeded();
        run("triage").ended(OutcomeMapper.CANCELLED);
        assertThat(calls.figures().failures()).isEqualTo(Map.of("http_429", 2L, "http_500", 1L));
        assertThat(calls.figures().failed()).isEqualTo(3);
        assertThat(calls.figures(StackAiOperation.RUN, "triage").failed()).isEqualTo(2);
    }

    @Test
    void figuresOfAnOperationAreThoseOfAllItsFlows() {
        run("a");
        run("b");
        calls.begin(StackAiOperation.STREAM, "a");
        assertThat(calls.figures(StackAiOperation.RUN, null).inFlight()).isEqualTo(2);
        assertThat(calls.figures(StackAiOperation.FEEDBACK, null).inFlight()).isZero();
    }

    @Test
    void chunksAreCounted() {
        CallObservation call = calls.begin(StackAiOperation.STREAM, "a");
        call.firstChunk();
        call.chunk();
        call.chunk();
        assertThat(calls.figures().chunks()).isEqualTo(2);
        assertThat(calls.figures().firstChunk().count()).isEqualTo(1);
        assertThat(calls.figures().firstChunk().p50()).isPositive();
    }

    @Test
    void stopEndsWhatIsInFlight() {
        run("a");
        run("b").succeeded();
        calls.stop();
        assertThat(calls.figures().inFlight()).isZero();
        assertThat(calls.figures().outcomes()).isEqualTo(Map.of(OutcomeMapper.STOPPED, 1L, OutcomeMapper.SUCCESS, 1L));
    }

    @Test
    void flowsBeyondTheLimitAreCountedTogether() {
        for (int i = 0; i < CallStatistics.MAX_FLOWS + 10; i++) {
            run("flow-" + i).succeeded();
        }
        run("flow-0").succeeded();
        assertThat(calls.flows()).hasSize(CallStatistics.MAX_FLOWS + 1);
        assertThat(calls.figures().ended()).isEqualTo(CallStatistics.MAX_FLOWS + 11L);
        assertThat(calls.figures(StackAiOperation.RUN, CallStatistics.OTHER).ended())
                .isEqualTo(10);
        assertThat(calls.figures(StackAiOperation.RUN, "flow-0").ended()).isEqualTo(2);
    }

    @Test
    void nameOfAFlowIsShortAndOnOneLine() {
        run("f\n" + "x".repeat(500));
        assertThat(calls.flows().get(0).flow()).doesNotContain("\n").hasSizeLessThan(70);
    }

    @Test
    void listenerOfAFlowIsCreatedOnce() {
        run("before");
        List<String> created = new ArrayList<>();
        calls.listeners(flow -> {
            created.add(flow.flow());
            return FlowListener.NONE;
        });
        run("after");
        run("after");
        assertThat(created).containsExactly("before", "after");
    }
}
