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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiProducer;
import io.github.camelstackai.simulator.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What the component logs about a call names the call, in its text and in the MDC. */
class CorrelationTest extends RouteTest {
    private static final String ANSWER = "{\"outputs\":{\"out-0\":\"a\"},\"run_id\":\"r-7\",\"state\":\"COMPLETED\"}";

    private final Queue<LogEvent> log = new ConcurrentLinkedQueue<>();
    private final AbstractAppender appender =
            new AbstractAppender("correlation", null, null, true, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    log.add(event.toImmutable());
                }
            };

    @BeforeEach
    void logCalls() {
        LoggerContext loggers = (LoggerContext) LogManager.getContext(false);
        Configuration configuration = loggers.getConfiguration();
        LoggerConfig logger = new LoggerConfig(StackAiProducer.class.getName(), Level.DEBUG, false);
        appender.start();
        logger.addAppender(appender, Level.DEBUG, null);
        configuration.addLogger(logger.getName(), logger);
        loggers.updateLoggers();
    }

    @AfterEach
    void logAsBefore() {
        ((LoggerContext) LogManager.getContext(false)).reconfigure();
    }

    @Test
    void endOfACallNamesRunFlowAndOperation() throws Exception {
        Map<String, String> afterwards = new HashMap<>();
        startRoutes(routes -> routes.from("direct:start").to("stackai:run:f").process(exchange -> {
            if (MDC.getCopyOfContextMap() != null) {
                afterwards.putAll(MDC.getCopyOfContextMap());
            }
        }));
        stackAi().enqueue(Reply.json(ANSWER));
        send("q", Map.of(StackAiConstants.FLOW_ID, "triage"));
        assertThat(log).hasSize(1);
        LogEvent event = log.remove();
        assertThat(event.getMessage().getFormattedMessage())
                .startsWith("Run r-7, StackAI run of flow triage, exchange ")
                .endsWith(": answered with HTTP status 200");
        assertThat(event.getContextData().toMap())
                .isEqualTo(Map.of(
                        "camel.stackai.operation", "run",
                        "camel.stackai.flowId", "triage",
                        "camel.stackai.runId", "r-7"));
        assertThat(afterwards).as("the MDC of the next step").isEmpty();
    }

    @Test
    void failureNamesFlowAndOperationAndTheRunIfThereIsOne() throws Exception {
        startRoute("stackai:run:f");
        stackAi().enqueue(Reply.json(Map.of("error", "no credit", "run_id", "r-8")), Reply.error(503, "later"));
        send("q");
        send("q", Map.of(StackAiConstants.RUN_ID, "of an earlier run"));
        LogEvent failed = log.remove();
        assertThat(failed.getMessage().getFormattedMessage())
                .startsWith("Run r-8, ")
                .contains("no credit");
        assertThat(failed.getContextData().toMap()).containsEntry("camel.stackai.runId", "r-8");
        LogEvent refused = log.remove();
        assertThat(refused.getMessage().getFormattedMessage())
                .startsWith("StackAI run of flow f, ")
                .contains("503");
        assertThat(refused.getContextData().toMap())
                .isEqualTo(Map.of("camel.stackai.operation", "run", "camel.stackai.flowId", "f"));
    }

    @Test
    void callThatIsNotSentIsNamedAsFarAsItIsKnown() throws Exception {
        startRoute("stackai:run");
        send("q");
        LogEvent event = log.remove();
        assertThat(event.getMessage().getFormattedMessage()).startsWith("StackAI run, exchange ");
        assertThat(event.getContextData().toMap()).isEqualTo(Map.of("camel.stackai.operation", "run"));
    }

    @Test
    void runIdShowsNoCredential() throws Exception {
        startRoute("stackai:run:f");
        stackAi()
                .enqueue(Reply.json(
                        Map.of("outputs", Map.of("o", "a"), "run_id", stackAi().apiKey() + "\nforged")));
        send("q");
        LogEvent event = log.remove();
        assertThat(event.getMessage().getFormattedMessage()).startsWith("Run [credential] forged, ");
        assertThat(event.getContextData().toMap()).containsEntry("camel.stackai.runId", "[credential] forged");
    }
}
