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

import io.github.camelstackai.http.CallExchange.Stage;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.impl.BasicEndpointDetails;
import org.apache.hc.core5.http.impl.BasicHttpConnectionMetrics;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

/** A request is said not to have been written only where that is sure. */
class WriteMarkTest {
    private final BasicHttpTransportMetrics written = new BasicHttpTransportMetrics();
    private final HttpCoreContext context = HttpCoreContext.create();

    private WriteMark mark() {
        context.setEndpointDetails(new BasicEndpointDetails(
                null,
                null,
                new BasicHttpConnectionMetrics(new BasicHttpTransportMetrics(), written),
                Timeout.DISABLED));
        written.incrementBytesTransferred(100); // by requests before
        return WriteMark.of(Stage.REUSED, context);
    }

    @Test
    void holdsUntilTheFirstByte() {
        WriteMark mark = mark();
        assertThat(mark.isCurrent()).isTrue();
        written.incrementBytesTransferred(1);
        assertThat(mark.isCurrent()).isFalse();
    }

    @Test
    void saysNothingToAThreadThatMaySeeTheBytesLate() {
        WriteMark mark = mark();
        assertThat(CompletableFuture.supplyAsync(mark::isCurrent).join()).isFalse();
    }

    @Test
    void saysNothingOfAnUnknownConnection() {
        assertThat(WriteMark.of(Stage.REUSED, context).isCurrent()).isFalse();
    }
}
