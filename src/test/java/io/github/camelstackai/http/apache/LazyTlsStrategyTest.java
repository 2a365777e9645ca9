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
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.junit.jupiter.api.Test;

class LazyTlsStrategyTest {
    @Test
    void strategyIsCreatedOnceForAllThreads() throws Exception {
        LazyTlsStrategy tls = new LazyTlsStrategy(SSLContext.getDefault());
        CompletableFuture<TlsStrategy> one = CompletableFuture.supplyAsync(tls::prepare);
        CompletableFuture<TlsStrategy> other = CompletableFuture.supplyAsync(tls::prepare);
        assertThat(one.get(30, TimeUnit.SECONDS))
                .isNotNull()
                .isSameAs(other.get(30, TimeUnit.SECONDS))
                .isSameAs(tls.prepare());
    }

    @Test
    void certificatesOfThePlatformAreUsedWithoutAContext() {
        assertThat(new LazyTlsStrategy(null).prepare()).isNotNull();
    }
}
