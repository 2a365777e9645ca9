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

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Connections are limited, kept for the next call, and closed when idle. */
class ConnectionPoolTest extends RouteTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void connectionIsReused() throws Exception {
        startRoute("stackai:run:f");
        Set<Long> known = new HashSet<>();
        eventually("a connection has rested and is reused", () -> assertThat(known.add(connectionOfTheNextRun()))
                .isFalse());
        for (int i = 0; i < 8; i++) {
            assertThat(connectionOfTheNextRun()).isIn(known);
        }
    }

    private long connectionOfTheNextRun() throws Exception {
        eventually("no call holds a connection", () -> assertThat(component.leasedConnections())
                .isZero());
        send("q");
        List<RecordedRequest> requests = stackAi().requests();
        return requests.get(requests.size() - 1).connection();
    }

    @Test
    void idleConnectionIsClosedAfterItsTimeout() throws Exception {
        component.setConnectionIdleTimeout(Duration.ofMillis(200));
        startRoute("stackai:run:f");
        send("q");
        assertThat(stackAi().openConnections()).isEqualTo(1);
        eventually("the connection is closed", () -> assertThat(stackAi().openConnections())
                .isZero());
    }

    @Test
    void callsBeyondTheLimitOfConnectionsWait() throws Exception {
        component.setMaxConnections(3);
        stackAi().script(request -> Reply.usual().after(Duration.ofMillis(50)));
        startRoute("stackai:run:f");
        List<CompletableFuture<Object>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            calls.add(template.asyncRequestBody("direct:start", "q" + i));
        }
        for (int i = 0; i < 30; i++) {
            assertThat(calls.get(i)).succeedsWithin(LONG).isEqualTo("Answer to: q" + i);
        }
        assertThat(stackAi().maxOpenRequests()).isEqualTo(3);
        assertThat(stackAi().openConnections()).isLessThanOrEqualTo(3);
    }
}
