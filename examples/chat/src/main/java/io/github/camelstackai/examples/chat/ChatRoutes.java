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
package io.github.camelstackai.examples.chat;

import static org.apache.camel.component.undertow.UndertowConstants.EVENT_TYPE_ENUM;

import io.github.camelstackai.StackAiChunk;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.undertow.UndertowConstants.EventType;

/** The page, a socket for each question, and what people think of the answers. */
final class ChatRoutes extends RouteBuilder {
    private final Runs runs = new Runs();
    private final Answers answers = new Answers(runs);
    private final Feedback feedback = new Feedback(runs);

    @Override
    public void configure() {
        from("undertow:http://{{address}}/?matchOnUriPrefix=true&httpMethodRestrict=GET")
                .routeId("page")
                .process(new Page());

        from("undertow:http://{{address}}/new?httpMethodRestrict=POST&useStreaming=true")
                .routeId("new")
                .process(Page::newConversation);

        from("undertow:ws://{{address}}/ask?fireWebSocketChannelEvents=true")
                .routeId("socket")
                .choice()
                .when(header(EVENT_TYPE_ENUM).isEqualTo(EventType.ONOPEN))
                .process(answers::open)
                .when(header(EVENT_TYPE_ENUM).isEqualTo(EventType.ONCLOSE))
                .process(answers::close)
                .otherwise()
                .to("direct:ask");

        from("direct:ask")
                .routeId("ask")
                .onException(Exception.class)
                .handled(true)
                .filter(answers::isWanted) // who has stopped it, or left, needs no reason
                .log(LoggingLevel.WARN, "Not answered: ${exception.message}")
                .process(answers::fail)
                .to("direct:tell")
                .end()
                .end()
                .process(answers::begin)
                .to("stackai:stream:{{flow}}?totalTimeout=10m")
                .process(answers::opened)
                .split(body())
                .streaming()
                .stopOnException()
                .synchronous() // a browser that reads slowly slows the flow down, and no I/O thread waits for the flow
                .process(exchange -> exchange.getMessage()
                        .setBody(Answers.part(exchange.getMessage().getBody(StackAiChunk.class))))
                .to("direct:tell");

        from("direct:tell")
                .routeId("tell")
                .onException(Exception.class)
                .handled(true)
                .process(answers::drop)
                .end()
                .marshal()
                .json()
                .to("undertow:ws://{{address}}/ask?sendTimeout={{sendTimeout:30000}}");

        from("undertow:http://{{address}}/feedback?httpMethodRestrict=POST&useStreaming=true")
                .routeId("feedback")
                .onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.WARN, "No feedback: ${exception.message}")
                .process(feedback::refuse)
                .end()
                .process(feedback::check)
                .to("stackai:feedback:{{flow}}")
                .process(feedback::thank);
    }
}
