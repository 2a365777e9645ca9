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

import io.github.camelstackai.simulator.Reply;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange property {@code CamelStackAiMayHaveRun} over several attempts. */
class RedeliveryByPropertyTest extends RouteTest {
    private static final String PROPERTY = "CamelStackAiMayHaveRun";

    private void startWithOneRedelivery() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(1).redeliveryDelay(0);
                from("direct:start").to("stackai:run:f");
            }
        });
        context.start();
    }

    @Test
    void propertyIsThatOfTheLastAttempt() throws Exception {
        startWithOneRedelivery();
        stackAi().enqueue(Reply.error(429, "slow down"), Reply.reset());
        assertThat(send("q").getProperty(PROPERTY, Boolean.class)).isTrue();
        stackAi().enqueue(Reply.reset(), Reply.error(429, "slow down"));
        assertThat(send("q").getProperty(PROPERTY, Boolean.class)).isFalse();
    }

    @Test
    void successLeavesNoPropertyOfAnEarlierFailure() throws Exception {
        startWithOneRedelivery();
        stackAi().enqueue(Reply.error(429, "slow down"));
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty(PROPERTY)).isNotEqualTo(false);
    }

    /** Routes decide by the property which failures to repeat. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onWhenReadsTheProperty(boolean mayHaveRun) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .onWhen(simple("${exchangeProperty.CamelStackAiMayHaveRun} == false"))
                        .maximumRedeliveries(1)
                        .redeliveryDelay(0);
                from("direct:start").to("stackai:run:f");
            }
        });
        context.start();
        stackAi().enqueue(mayHaveRun ? Reply.reset() : Reply.error(429, "slow down"));
        Exchange exchange = send("q");
        assertThat(stackAi().requestCount()).isEqualTo(mayHaveRun ? 1 : 2);
        assertThat(exchange.getException() == null).isEqualTo(!mayHaveRun);
    }
}
