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
package io.github.camelstackai.route;

import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An idle connection refers to no call: neither to the one that opened it nor to the last one. It would hold the bodies of customers,
 * of any size, as long as it is kept.
 */
class CallRetentionTest extends RouteTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "stackai:run:f",
                "stackai:stream:f?streamMode=collect",
                "stackai:stream:f",
                "stackai:feedback:f?runId=run-1",
                "stackai:documents:f?node=doc-0&userId=u&fileName=a.txt"
            })
    void idleConnectionHoldsNoCall(String uri) throws Exception {
        startRoute(uri);
        WeakReference<?> first = call();
        awaitIdleConnection();
        assertIsNotReferredTo(first);
        WeakReference<?> second = call();
        awaitIdleConnection();
        assertIsNotReferredTo(second);
    }

    /** Returns what only the exchange of the call refers to. */
    private WeakReference<?> call() {
        Exchange exchange = send("q", Map.of("CamelStackAiRunId", "run-1", "mark", new Object()));
        assertThat(exchange.getException()).isNull();
        return new WeakReference<>(exchange.getMessage().getHeader("mark"));
    }

    private void awaitIdleConnection() {
        eventually("the call has ended", () -> {
            assertThat(component.callsInFlight()).isZero();
            assertThat(component.leasedConnections()).isZero();
        });
        assertThat(stackAi().openConnections()).isPositive();
    }

    private static void assertIsNotReferredTo(WeakReference<?> mark) {
        eventually("nothing refers to the exchange", () -> {
            System.gc();
            assertThat(mark.refersTo(null)).isTrue();
        });
    }
}
