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

/** From Kafka through a flow to JMS; events that cannot be enriched go to the dead letter topic. */
final class EnrichmentRoutes extends RouteBuilder {
    /** Message property: topic, partition and offset of the event. A repetition has the same value. */
    static final String ORIGIN = "origin";

    static final String RUN_ID = "runId";
    static final String REASON = "reason";

    private static final String EVENT = "event";

    /** How long a partition that moves to another process waits for its events in flight. */
    private static final Duration REVOCATION_TIMEOUT = Duration.ofSeconds(20);

    @Override
    public void configure() throws Exception {
        Ledger ledger = new Ledger();
        int window = Integer.parseInt(getContext().resolvePropertyPlaceholders("{{window}}"));
        getContext()
                .getComponent("kafka", KafkaComponent.class)
                .setKafkaClientFactory(LedgerConsumer.factory(ledger, window, REVOCATION_TIMEOUT));

        // The LedgerConsumer commits, not Camel. After a failed poll it starts again from the committed offset.
        from("kafka:{{topic}}?groupId={{group}}&autoCommitEnable=false&autoOffsetReset=earliest"
                        + "&partitionAssignor=org.apache.kafka.clients.consumer.CooperativeStickyAssignor"
                        + "&sessionTimeoutMs={{session-timeout}}&heartbeatIntervalMs=1000"
                        + "&pollTimeoutMs=200&maxPollRecords=50&pollOnError=RECONNECT")
                .routeId("read")
                .process(new Dispatcher(ledger, getContext().createProducerTemplate(), "direct:enrich"));

        enrich(from("direct:enrich").routeId("enrich"));

        retryForever(from("direct:send").routeId("send"))
                .setHeader(RUN_ID, header(StackAiConstants.RUN_ID))
                .to("jms:queue:{{queue}}?jmsMessageType=Text");

        retryForever(from("direct:dead").routeId("dead"))
                .process(EnrichmentRoutes::addReason)
                .to("kafka:{{dead-letter-topic}}");
    }

    private void enrich(RouteDefinition route) {
        handleFailures(route);
        route.unmarshal()
                .json(Map.class)
                .process(EnrichmentRoutes::ask)
                .to("stackai:run:{{flow}}")
                .setBody(EnrichmentRoutes::enriched)
                .marshal()
                .json()
                .to("direct:send");
    }

    /**
     * A JsonProcessingException is an IOException, but it never passes. The first clause sets its own number of redeliveries:
     * without it, a failure would continue the attempts of the second clause.
     */
    private static void handleFailures(RouteDefinition route) {
        route.onException(Exception.class, JsonProcessingException.class)
                .maximumRedeliveries(0)
                .handled(true)
                .useOriginalMessage()
                .to("direct:dead");
        route.onException(StackAiOperationFailedException.class, IOException.class)
                .onWhen(EnrichmentRoutes::mayPass)
                .maximumRedeliveries("{{redeliveries}}")
                .redeliveryDelay("{{redelivery-delay}}")
                .useExponentialBackOff()
                .maximumRedeliveryDelay(60_000)
                .asyncDelayedRedelivery()
                .handled(true)
                .useOriginalMessage()
                .to("direct:dead");
    }

    private RouteDefinition retryForever(RouteDefinition route) {
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
            throw new IllegalArgumentException("The event has no \"text\"");
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

    private static void addReason(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Message message = exchange.getMessage();
        message.setHeader(REASON, cause.getMessage());
        if (cause instanceof StackAiFailure failure && failure.getRunId() != null) {
            message.setHeader(RUN_ID, failure.getRunId());
        }
    }
}
