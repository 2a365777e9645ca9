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
package io.github.camelstackai.examples.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiOperationFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.model.RouteDefinition;

/** From Kafka, by way of a flow, to JMS; what cannot be enriched goes to the dead letter topic. */
final class EnrichmentRoutes extends RouteBuilder {
    /** Message property: topic, partition and offset of the event. Who reads it twice has read a repetition. */
    static final String ORIGIN = "origin";

    static final String RUN_ID = "runId";
    static final String REASON = "reason";

    private static final String EVENT = "event";

    /** How long a partition that goes to another process waits for its events under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public void configure() throws Exception {
        Ledger ledger = new Ledger();
        int window = Integer.parseInt(getContext().resolvePropertyPlaceholders("{{window}}"));
        getContext()
                .getComponent("kafka", KafkaComponent.class)
                .setKafkaClientFactory(LedgerConsumer.factory(ledger, window, PATIENCE));

        // The LedgerConsumer commits, not Camel. After a failed poll it begins anew from what was committed.
        from("kafka:{{topic}}?groupId={{group}}&autoCommitEnable=false&autoOffsetReset=earliest"
                        + "&partitionAssignor=org.apache.kafka.clients.consumer.CooperativeStickyAssignor"
                        + "&sessionTimeoutMs={{session-timeout}}&heartbeatIntervalMs=1000"
                        + "&pollTimeoutMs=200&maxPollRecords=50&pollOnError=RECONNECT")
                .routeId("take")
                .process(new Dispatcher(ledger, getContext().createProducerTemplate(), "direct:enrich"));

        enrich(from("direct:enrich").routeId("enrich"));

        untilTaken(from("direct:send").routeId("send"))
                .setHeader(RUN_ID, header(StackAiConstants.RUN_ID))
                .to("jms:queue:{{queue}}?jmsMessageType=Text");

        untilTaken(from("direct:dead").routeId("dead"))
                .process(EnrichmentRoutes::explain)
                .to("kafka:{{dead-letter-topic}}");
    }

    private void enrich(RouteDefinition route) {
        // What is no JSON would count as an IOException below, which may pass. And a failure after one that may
        // pass would be tried again as often, had it no number of its own.
        route.onException(Exception.class, JsonProcessingException.class)
                .maximumRedeliveries(0)
                .handled(true)
                .useOriginalMessage()
                .to("direct:dead")
                .end()
                .onException(StackAiOperationFailedException.class, IOException.class)
                .onWhen(EnrichmentRoutes::mayPass)
                .maximumRedeliveries("{{redeliveries}}")
                .redeliveryDelay("{{redelivery-delay}}")
                .useExponentialBackOff()
                .maximumRedeliveryDelay(60_000)
                .asyncDelayedRedelivery()
                .handled(true)
                .useOriginalMessage()
                .to("direct:dead")
                .end()
                .unmarshal()
                .json(Map.class)
                .process(EnrichmentRoutes::ask)
                .to("stackai:run:{{flow}}")
                .setBody(EnrichmentRoutes::enriched)
                .marshal()
                .json()
                .to("direct:send");
    }

    /** What a broker does not take now is tried until it does: nothing else may become of it. */
    private RouteDefinition untilTaken(RouteDefinition route) {
        return route.errorHandler(defaultErrorHandler()
                .maximumRedeliveries(-1)
                .redeliveryDelay(1000)
                .useExponentialBackOff()
                .maximumRedeliveryDelay(10_000)
                .retryAttemptedLogLevel(LoggingLevel.WARN)
                .asyncDelayedRedelivery());
    }

    private static boolean mayPass(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        return cause instanceof IOException || cause instanceof StackAiFailure failure && failure.isRetryable();
    }

    private static void ask(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> event = message.getBody(Map.class);
        if (event == null || event.get("text") == null) {
            throw new IllegalArgumentException("The event has no \"text\" to ask about");
        }
        exchange.setProperty(EVENT, event);
        message.setHeader(StackAiConstants.USER_ID, event.get("customer"));
        message.setBody(event.get("text"));
    }

    private static Object enriched(Exchange exchange) {
        Map<?, ?> received = exchange.getProperty(EVENT, Map.class);
        Map<Object, Object> event = new LinkedHashMap<>(received);
        event.put("answer", exchange.getMessage().getBody());
        return event;
    }

    private static void explain(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Message message = exchange.getMessage();
        message.setHeader(REASON, cause.getMessage());
        if (cause instanceof StackAiFailure failure && failure.getRunId() != null) {
            message.setHeader(RUN_ID, failure.getRunId());
        }
    }
}
