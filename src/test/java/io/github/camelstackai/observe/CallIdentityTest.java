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

import io.github.camelstackai.StackAiConstants;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class CallIdentityTest {
    private static final Map<String, String> RUN = Map.of("operation", "run", "flowId", "uri");

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void headerOverridesTheFlowOfTheUri() {
        assertThat(identity().name()).isEqualTo("run uri");
        exchange.getMessage().setHeader(StackAiConstants.FLOW_ID, "header");
        assertThat(identity().name()).isEqualTo("run header");
        exchange.getMessage().setHeader(StackAiConstants.FLOW_ID, 7);
        assertThat(identity().name()).isEqualTo("run 7");
    }

    @Test
    void headerThatNamesNoFlowLeavesTheOperation() {
        exchange.getMessage().setHeader(StackAiConstants.FLOW_ID, List.of("a", "b"));
        assertThat(identity()).isEqualTo(new CallIdentity("run", null, null)).hasToString("StackAI run");
        assertThat(identity().name()).isEqualTo("run");
    }

    @Test
    void textBeginsWithTheRun() {
        assertThat(identity()).hasToString("StackAI run of flow uri");
        exchange.getMessage().setHeader(StackAiConstants.RUN_ID, "r-1");
        assertThat(identity()).hasToString("Run r-1, StackAI run of flow uri");
    }

    @Test
    void namesAreOnOneLineAndShowNoCredential() {
        exchange.getMessage().setHeader(StackAiConstants.FLOW_ID, "f\nINFO forged");
        exchange.getMessage().setHeader(StackAiConstants.RUN_ID, "r\u2028key");
        CallFacts facts = new CallFacts(200, text -> text.replace("key", "[credential]"));
        assertThat(CallIdentity.of(exchange, RUN, facts))
                .isEqualTo(new CallIdentity("run", "f INFO forged", "r [credential]"));
    }

    private CallIdentity identity() {
        return CallIdentity.of(exchange, RUN, CallFacts.UNKNOWN);
    }
}
