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

/** The page, a WebSocket for each question, and feedback on the answers. */
final class ChatRoutes extends RouteBuilder {
    private final Answers answers = new Answers();
    private final Feedback feedback = new Feedback(answers);

    @Override
    public void configure() {
        page();
        sockets();
        ask();
        send();
        feedback();
    }

    private void page() {
        from("undertow:http://{{address}}/?matchOnUriPrefix=true&httpMethodRestrict=GET")
                .routeId("page")
                .process(new Page());

        from("undertow:http://{{address}}/new?httpMethodRestrict=POST&useStreaming=true")
                .routeId("new")
                .process(Page::newConversation);
    }

    private void sockets() {
        from("undertow:ws://{{address}}/ask?fireWebSocketChannelEvents=true")
                .routeId("socket")
                .choice()
                .when(header(EVENT_TYPE_ENUM).isEqualTo(EventType.ONOPEN))
                .process(answers::open)
                .when(header(EVENT_TYPE_ENUM).isEqualTo(EventType.ONCLOSE))
                .process(answers::close)
                .otherwise()
                .to("direct:ask");
    }

    private void ask() {
        from("direct:ask")
                .routeId("ask")
                .onException(Exception.class)
                .handled(true)
                .filter(answers::isOpen) // after a stop, nobody reads the message
                .log(LoggingLevel.WARN, "Not answered: ${exception.message}")
                .process(UserMessages::set)
                .to("direct:send")
                .end()
                .end()
                .process(answers::ask)
                .to("stackai:stream:{{flow}}?totalTimeout=10m")
                .process(answers::start)
                .split(body())
                .streaming()
                .stopOnException()
                .synchronous() // a browser that reads slowly slows the flow down, without blocking an I/O thread
                .process(exchange -> exchange.getMessage()
                        .setBody(Answers.part(exchange.getMessage().getBody(StackAiChunk.class))))
                .to("direct:send");
    }

    private void send() {
        from("direct:send")
                .routeId("send")
                .onException(Exception.class)
                .handled(true)
                .process(answers::drop)
                .end()
                .marshal()
                .json()
                .to("undertow:ws://{{address}}/ask?sendTimeout={{sendTimeout}}");
    }

    private void feedback() {
        from("undertow:http://{{address}}/feedback?httpMethodRestrict=POST&useStreaming=true")
                .routeId("feedback")
                .onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.WARN, "No feedback: ${exception.message}")
                .process(feedback::refuse)
                .end()
                .process(feedback::check)
                .to("stackai:feedback:{{flow}}")
                .process(feedback::confirm);
    }
}
