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
package io.github.camelstackai.examples.camelmain;

import org.apache.camel.builder.RouteBuilder;

/** Asks the flow one question. */
public class QuestionRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("timer:question?repeatCount=1&delay=0")
                .routeId("question")
                .setBody(simple("{{question}}"))
                .to("stackai:run:{{flow}}")
                .log("Run ${header.CamelStackAiRunId}: ${body}")
                .to("direct:feedback")
                .to("direct:follow-up");
    }
}
