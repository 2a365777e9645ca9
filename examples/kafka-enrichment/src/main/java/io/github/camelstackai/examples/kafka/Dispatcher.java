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

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.ExchangeHelper;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits each event to the ledger and returns, so that the consumer continues to poll. The event runs asynchronously. */
final class Dispatcher implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Ledger ledger;
    private final ProducerTemplate template;
    private final String uri;

    Dispatcher(Ledger ledger, ProducerTemplate template, String uri) {
        this.ledger = ledger;
        this.template = template;
        this.uri = uri;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        TopicPartition partition = new TopicPartition(
                message.getHeader(KafkaConstants.TOPIC, String.class),
                message.getHeader(KafkaConstants.PARTITION, Integer.class));
        long offset = message.getHeader(KafkaConstants.OFFSET, Long.class);
        // The copy has its own unit of work, because that of the consumer's exchange ends with this method.
        Exchange event = ExchangeHelper.createCorrelatedCopy(exchange, false);
        event.getMessage().setHeader(EnrichmentRoutes.ORIGIN, partition + "@" + offset);
        ledger.of(partition)
                .submit(
                        offset,
                        message.getHeader(KafkaConstants.KEY, String.class),
                        () -> send(event, partition, offset));
    }

    private CompletionStage<?> send(Exchange event, TopicPartition partition, long offset) {
        return template.asyncSend(uri, event).thenAccept(sent -> {
            if (sent.isFailed()) {
                LOG.error("Event {} of {} failed and is not committed", offset, partition, sent.getException());
                throw new CompletionException(sent.getException());
            }
        });
    }
}
