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
package io.github.camelstackai.examples.quickstart;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Runs the flow on each file of a folder, and moves the file next to its answer or the reason of its failure. */
final class TicketRoutes extends RouteBuilder {
    /** The connections to the service, and so the runs; a ticket that waits for one or for its answer uses no thread. */
    static final int AT_ONCE = 4;

    private final Report report;

    TicketRoutes(Report report) {
        this.report = report;
    }

    @Override
    public void configure() {
        onException(Exception.class)
                .logExhausted(false) // the report prints it
                .setBody(exceptionMessage())
                .to("file:{{work}}/failed?fileName=${file:name}.reason.txt");

        from("file:{{work}}/inbox?initialDelay=0&move=../answered&moveFailed=../failed")
                .routePolicy(report)
                .choice()
                .when(simple("${file:ext} == 'json'"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .end()
                .to("stackai:run:{{flow}}")
                .to("file:{{work}}/answered?fileName=${file:name}.answer.txt");
    }
}
