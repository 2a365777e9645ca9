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
package io.github.camelstackai.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.stub.StubComponent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions of a topic. Camel's stub stands for Kafka: it has the same URIs, and queues in memory. */
class KafkaPatternTest extends PatternTest {
    static final String HEADING = "A conversation for each Kafka key";

    private void start(Language language) throws Exception {
        start(language, List.of("answers", "questions.failed"));
    }

    private void start(Language language, List<String> topics) throws Exception {
        StubComponent stub = new StubComponent();
        stub.setAutowiredEnabled(false); // Camel would take it for the component of Kafka
        context.addComponent("kafka", stub);
        start(HEADING, language);
        for (String topic : topics) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("kafka:" + topic).to("mock:" + topic);
                }
            });
        }
        template.sendBodyAndHeader("kafka:questions", "q", "kafka.KEY", "conversation-1");
    }

    private Exchange next(String topic) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(end(topic).getExchanges()).hasSize(1));
        return end(topic).getExchanges().get(0);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void keyIsTheUserOfTheRunAndTheKeyOfTheAnswer(Language language) throws Exception {
        start(language);
        Exchange answer = next("answers");
        assertThat(answer.getMessage().getBody()).isEqualTo("Answer to: q");
        assertThat(answer.getMessage().getHeader("kafka.KEY")).isEqualTo("conversation-1");
        assertThat(simulator().runs()).singleElement().satisfies(run -> assertThat(run.inputs())
                .isEqualTo(Map.of("in-0", "q", "user_id", "conversation-1")));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void questionWaitsForTheService(Language language) throws Exception {
        int port = freePort();
        component.getConfiguration().setBaseUrl("http://127.0.0.1:" + port);
        start(language);
        await().atMost(PATIENCE)
                .during(Duration.ofMillis(300))
                .until(() -> context.getInflightRepository().size() == 1 && component.callsInFlight() == 0);
        try (StackAiSimulator late = StackAiSimulator.builder().port(port).start()) {
            assertThat(next("answers").getMessage().getBody()).isEqualTo("Answer to: q");
            assertThat(late.requestCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void refusedQuestionIsNotAskedAgain(Language language) throws Exception {
        simulator().enqueue(Reply.error(429, "slow down"));
        start(language);
        assertThat(next("questions.failed").getMessage().getBody()).isEqualTo("q");
        assertThat(asked("assistant")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void questionWhoseAnswerCannotBeSentIsNotAskedAgain(Language language) throws Exception {
        MockEndpoint broken = fail("kafka://answers", new IOException("no broker"));
        start(language, List.of("questions.failed"));
        Exchange failed = next("questions.failed");
        assertThat(failed.getMessage().getBody()).isEqualTo("q");
        assertThat(failed.getMessage().getHeader("kafka.KEY")).isEqualTo("conversation-1");
        assertThat(broken.getReceivedCounter()).isEqualTo(1);
        assertThat(asked("assistant")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void questionThatMayHaveRunIsNotAskedAgain(Language language) throws Exception {
        down(Outage.UNAVAILABLE);
        start(language);
        Exchange failed = next("questions.failed");
        assertThat(failed.getMessage().getBody()).isEqualTo("q");
        assertThat(failed.getMessage().getHeader("kafka.KEY")).isEqualTo("conversation-1");
        assertThat(asked("assistant")).hasSize(1);
    }
}
