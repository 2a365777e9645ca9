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
package io.github.camelstackai.examples.filebatch;

import io.github.camelstackai.StackAiOperationFailedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Runs the flow on each document that has no row in the summary, and adds the row. A failure that is not handled here ends
 * the batch, see {@link Progress}.
 */
final class BatchRoute extends RouteBuilder {
    private final Summary summary;
    private final Progress progress;

    BatchRoute(Summary summary, Progress progress) {
        this.summary = summary;
        this.progress = progress;
    }

    @Override
    public void configure() {
        getContext().getRegistry().bind("summary", summary);
        handleFailures();

        // The default repository of noop remembers 1000 documents and would repeat the others.
        RouteDefinition documents = from("file:{{documents}}?noop=true&recursive=true&initialDelay=0"
                        + "&sendEmptyMessageWhenIdle=true&idempotentEager=true"
                        + "&idempotentKey=${file:name}&idempotentRepository=#summary")
                .routePolicy(progress);
        documents.filter(body().isNull()).process(exchange -> progress.idle()).stop();
        answer(documents);

        from("timer:progress?period={{progress}}").process(exchange -> progress.print(exchange.getContext()));
    }

    private void answer(RouteDefinition documents) {
        documents
                .process(Documents::remember)
                .process(new Limit(Integer.parseInt(getContext().resolvePropertyPlaceholders("{{atOnce}}"))))
                .choice()
                .when(simple("${file:ext} == 'json'"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .end()
                .to("stackai:run:{{flow}}")
                .choice()
                .when(body().isInstanceOf(Map.class))
                .marshal()
                .json()
                .end()
                .to("file:{{results}}/answered?fileName=${file:name}.answer.txt")
                .process(summary::answered);
    }

    private void handleFailures() {
        // Without a value of its own, this clause would continue the attempts of another clause.
        onException(Exception.class)
                .maximumRedeliveries(0)
                .logExhausted(false)
                .handled(true)
                .process(summary::failed);

        repeat(onException(StackAiOperationFailedException.class).onWhen(simple("${exception.retryable}")))
                .handled(true)
                .process(summary::failed);

        // These would fail every other document too.
        onException(StackAiOperationFailedException.class)
                .onWhen(simple("${exception.statusCode} in '401,402,403,404'"))
                .maximumRedeliveries(0)
                .logExhausted(false);
        repeat(onException(ConnectException.class, UnknownHostException.class));
    }

    private static OnExceptionDefinition repeat(OnExceptionDefinition failure) {
        return failure.maximumRedeliveries("{{attempts}}")
                .redeliveryDelay("{{pause}}")
                .useExponentialBackOff()
                .backOffMultiplier(2)
                .asyncDelayedRedelivery()
                .retryAttemptedLogLevel(LoggingLevel.DEBUG)
                .logExhausted(false);
    }
}
