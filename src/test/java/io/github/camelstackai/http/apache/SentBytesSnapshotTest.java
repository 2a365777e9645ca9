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
package io.github.camelstackai.http.apache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.impl.BasicEndpointDetails;
import org.apache.hc.core5.http.impl.BasicHttpConnectionMetrics;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

/** A request counts as unsent only if that is certain. */
class SentBytesSnapshotTest {
    private final BasicHttpTransportMetrics sent = new BasicHttpTransportMetrics();
    private final HttpCoreContext context = HttpCoreContext.create();

    private SentBytesSnapshot snapshot() {
        context.setEndpointDetails(new BasicEndpointDetails(
                null, null, new BasicHttpConnectionMetrics(new BasicHttpTransportMetrics(), sent), Timeout.DISABLED));
        sent.incrementBytesTransferred(100); // by earlier requests
        return SentBytesSnapshot.of(Stage.REUSED, context);
    }

    @Test
    void isCurrentUntilTheFirstByteIsSent() {
        SentBytesSnapshot snapshot = snapshot();
        assertThat(snapshot.isCurrent()).isTrue();
        sent.incrementBytesTransferred(1);
        assertThat(snapshot.isCurrent()).isFalse();
    }

    @Test
    void isNotCurrentOnAnotherThreadWhichMaySeeTheBytesLate() {
        SentBytesSnapshot snapshot = snapshot();
        assertThat(CompletableFuture.supplyAsync(snapshot::isCurrent).join()).isFalse();
    }

    @Test
    void isNotCurrentForAnUnknownConnection() {
        assertThat(SentBytesSnapshot.of(Stage.REUSED, context).isCurrent()).isFalse();
    }
}
