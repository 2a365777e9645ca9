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
package io.github.camelstackai.soak;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** A route for each kind of call, which redelivers retryable failures. The call is a property of the exchange. */
final class SoakRoutes extends RouteBuilder {
    static final String CALL = "call";
    /** The route that consumes the log of runs. */
    static final String LOG = "log";

    private static final String OPTIONS =
            "?responseTimeout=${header.responseTimeout}&streamIdleTimeout=${header.idleTimeout}";

    private final Ledger ledger;

    SoakRoutes(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void configure() {
        onException(StackAiOperationFailedException.class)
                .onWhen(simple("${exception.retryable}"))
                .maximumRedeliveries(Scenario.REDELIVERIES)
                .redeliveryDelay(20)
                .asyncDelayedRedelivery()
                .onRedelivery(exchange -> ledger.redelivered(call(exchange)));

        from("direct:RUN").toD(uri("stackai:run:"));
        from("direct:COLLECT").toD(uri("stackai:stream:") + "&streamMode=collect");
        from("direct:FEEDBACK").setHeader(StackAiConstants.RUN_ID, body()).toD(uri("stackai:feedback:"));
        from("direct:METADATA").setHeader(StackAiConstants.RUN_ID, body()).toD(uri("stackai:metadata:"));
        from("direct:RUNS").setHeader(StackAiConstants.USER_ID, body()).toD(uri("stackai:runs:") + "&limit=1");
        from("direct:UPLOAD").setHeader(StackAiConstants.USER_ID, body()).toD(documents("upload"));
        from("direct:LIST").setHeader(StackAiConstants.USER_ID, body()).toD(documents("list"));
        from("direct:DOWNLOAD")
                .setHeader(StackAiConstants.USER_ID, body())
                .toD(documents("download"))
                .convertBodyTo(String.class);
        from("direct:STATUS")
                .process(exchange -> exchange.getMessage()
                        .setHeader(StackAiConstants.RESOURCE_ID, call(exchange).resource()))
                .toD("stackai:knowledge" + OPTIONS + "&action=status&knowledgeBaseId=" + SoakCall.KNOWLEDGE_BASE);
        from("stackai:runs:" + SoakCall.LOGGED_FLOW + "?initialDelay=0&delay=200&lookback=5s")
                .routeId(LOG)
                .process(exchange ->
                        ledger.told(SoakCall.number(exchange.getMessage().getHeader(StackAiConstants.RUN_ID))));
        from("direct:CHUNKS")
                .setProperty(ChunkReader.PROPERTY, ChunkReader::new)
                .toD(uri("stackai:stream:") + "&streamBufferSize=1024")
                .choice()
                .when(exchange -> call(exchange).scenario() == Scenario.CLOSED_EARLY)
                .process(exchange -> ChunkReader.of(exchange).takeFewAndClose(exchange))
                .otherwise()
                .split(body())
                .streaming()
                .stopOnException()
                .delay(header("pauseMillis"))
                .syncDelayed()
                .process(exchange -> ChunkReader.of(exchange).take(exchange, call(exchange)));
    }

    static SoakCall call(Exchange exchange) {
        return exchange.getProperty(CALL, SoakCall.class);
    }

    private static String documents(String action) {
        return uri("stackai:documents:") + "&node=doc-0&fileName=a.txt&action=" + action;
    }

    private static String uri(String operation) {
        return operation + SoakCall.FLOW + OPTIONS;
    }
}
