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
package io.github.camelstackai.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.message.TargetReader;
import io.github.camelstackai.message.TestExchanges;
import io.github.camelstackai.protocol.FlowTarget;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFactoryTest {
    private static final Map<String, String> NO_QUERY = Map.of();

    private final Exchange exchange = TestExchanges.withBody("q");
    private final RequestFactory requests = requests(-1, true);

    private static RequestFactory requests(int version, boolean verbose) {
        CallOptions options = new CallOptions(null, "https://host/prefix/", version, verbose, CallTimeouts.NONE, 1000);
        return new RequestFactory(
                new TestRuntime().runtime, options, new TargetReader(StackAiOperation.RUN, "o/rg", "flow"));
    }

    @Test
    void postHasAddressHeadersAndJson() throws Exception {
        ServiceRequest request = requests.post(exchange, "run", Map.of("version", "3"), Map.of("in-0", "ü"));
        assertThat(request.http().toString())
                .isEqualTo("POST https://host/prefix/inference/v0/run/o%2Frg/flow?version=3");
        assertThat(request.http().headers())
                .containsExactly(
                        Map.entry("Accept", "application/json"), Map.entry("Content-Type", "application/json"));
        assertThat(request.http().body().open()).hasContent("{\"in-0\":\"ü\"}");
        assertThat(((FlowTarget) request.target()).orgId()).isEqualTo("o/rg");
    }

    @Test
    void getHasNoBodyAndNoContentType() {
        ServiceRequest request = requests.get(exchange, "run", "/metadata", NO_QUERY);
        assertThat(request.http().toString())
                .isEqualTo("GET https://host/prefix/inference/v0/run/o%2Frg/flow/metadata");
        assertThat(request.http().headers()).containsExactly(Map.entry("Accept", "application/json"));
        assertThat(request.http().body()).isNull();
    }

    @Test
    void flowOfTheMessageIsAddressed() {
        exchange.getMessage().setHeader(StackAiConstants.FLOW_ID, "other");
        assertThat(requests.get(exchange, "run", "", NO_QUERY).http().target()).endsWith("/other");
    }

    @Test
    void credentialsOfTheProxyAreRedacted() {
        assertThat(requests.get(exchange, "run", "", NO_QUERY).http().redactor().redact(TestRuntime.PROXY_PASSWORD))
                .isEqualTo("[credential]");
    }

    @ParameterizedTest
    @CsvSource({
        "-1,true,{}",
        "0,true,{version=0}",
        "3,true,{version=3}",
        "-1,false,{verbose=false}",
        "3,false,'{version=3, verbose=false}'"
    })
    void queryHasWhatDiffersFromTheDefaultsOfTheService(int version, boolean verbose, String query) {
        assertThat(requests(version, verbose).query(exchange)).hasToString(query);
    }

    @ParameterizedTest
    @CsvSource({"5,{version=5}", "0,{version=0}", "-1,{}"})
    void versionOfTheMessageBeatsTheOption(String version, String query) {
        exchange.getMessage().setHeader(StackAiConstants.VERSION, version);
        assertThat(requests(3, true).query(exchange)).hasToString(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "latest", "1.5"})
    void versionThatIsNoneIsRefusedByItsHeader(String version) {
        exchange.getMessage().setHeader(StackAiConstants.VERSION, version);
        assertThatThrownBy(() -> requests.query(exchange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(StackAiConstants.VERSION);
    }

    @Test
    void queryMayBeAddedTo() {
        requests.query(exchange).put("delta", "false");
        assertThat(requests.query(exchange)).isEmpty();
    }

    @Test
    void inputsThatAreNoJsonAreRefused() {
        Map<String, Object> inputs = Map.of("in-0", new Object());
        assertThatThrownBy(() -> requests.post(exchange, "run", NO_QUERY, inputs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(StackAiConstants.INPUTS);
    }
}
