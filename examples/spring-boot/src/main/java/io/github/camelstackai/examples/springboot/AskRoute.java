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
package io.github.camelstackai.examples.springboot;

import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Answers a POST to /ask: a text is the input of the flow, a JSON object contains all its inputs. */
@Component
public class AskRoute extends RouteBuilder {
    @Override
    public void configure() {
        onException(Exception.class)
                .handled(true)
                .log(LoggingLevel.WARN, "Not answered: ${exception.message}")
                .process(AskRoute::explain);

        from("platform-http:/ask?httpMethodRestrict=POST&consumes=text/plain,application/json")
                .to("stackai:run:{{flow}}")
                .removeHeaders("*"); // otherwise Camel returns the headers of the request
    }

    /** One line for the caller: 400 if the request cannot be sent, 502 if the flow does not answer. */
    private static void explain(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        boolean invalid = failure instanceof IllegalArgumentException || failure instanceof InvalidPayloadException;
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, invalid ? 400 : 502);
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
        message.setBody(
                invalid
                        ? "The question is not a text or JSON object that can be sent.\n"
                        : "The flow did not answer; the log of this service says why.\n");
    }
}
