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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.StackAiSimulator;
import java.net.ProxySelector;
import java.util.Map;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the proxy properties of the JVM count. A second simulator takes the place of their proxy. */
class JvmProxyTest extends RouteTest {
    private final StackAiSimulator proxy = StackAiSimulator.start();
    private final Map<String, String> properties = Map.of(
            "http.proxyHost", "127.0.0.1",
            "http.proxyPort", String.valueOf(proxy.port()),
            "https.proxyHost", "127.0.0.1",
            "https.proxyPort", String.valueOf(proxy.port()),
            "http.nonProxyHosts", "127.0.0.1|*.internal");

    @BeforeEach
    void set() {
        properties.forEach(System::setProperty);
    }

    @AfterEach
    void unset() {
        properties.keySet().forEach(System::clearProperty);
        proxy.close();
    }

    @Test
    void theyDoNotCountByThemselves() throws Exception {
        System.setProperty("http.nonProxyHosts", "");
        startRoute("stackai:run:f");
        assertThat(send("q").getException()).isNull();
        assertThat(stackAi().requestCount()).isEqualTo(1);
        assertThat(proxy.requestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"http://stackai.invalid,1", "http://stackai.internal,0", "http://127.0.0.1:1,0"})
    void theyCountWithARoutePlannerOfTheClient(String baseUrl, int proxied) throws Exception {
        component.setHttpClientConfigurer(
                client -> client.setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault())));
        component.getConfiguration().setBaseUrl(baseUrl);
        startRoute("stackai:run:f");
        send("q");
        assertThat(proxy.requestCount()).isEqualTo(proxied);
    }

    @Test
    void proxyOfTheOptionsIsUsedWhateverTheySay() throws Exception {
        component.getConfiguration().setBaseUrl("http://stackai.internal");
        component.setProxyHost("127.0.0.1");
        component.setProxyPort(stackAi().port());
        startRoute("stackai:run:f");
        send("q");
        assertThat(stackAi().requestCount()).isEqualTo(1);
        assertThat(proxy.requestCount()).isZero();
    }
}
