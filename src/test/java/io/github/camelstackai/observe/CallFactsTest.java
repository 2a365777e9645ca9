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

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class CallFactsTest {
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void areOnTheExchangeFromTheRequestUntilTheyAreTaken() {
        assertThat(CallFacts.isWanted(exchange)).isFalse();
        CallFacts.request(exchange);
        assertThat(CallFacts.isWanted(exchange)).isTrue();
        CallFacts facts = new CallFacts(200, text -> text);
        facts.record(exchange);
        assertThat(CallFacts.take(exchange)).isSameAs(facts);
        assertThat(exchange.getProperties()).isEmpty();
    }

    @Test
    void ofACallThatNobodyRecordedAreUnknown() {
        assertThat(CallFacts.take(exchange)).isSameAs(CallFacts.UNKNOWN);
        CallFacts.request(exchange);
        assertThat(CallFacts.take(exchange)).isSameAs(CallFacts.UNKNOWN);
    }

    @Test
    void redactKeepsNull() {
        assertThat(CallFacts.UNKNOWN.redact(null)).isNull();
        assertThat(new CallFacts(null, text -> "[credential]\n").redact("key")).isEqualTo("[credential]");
    }
}
