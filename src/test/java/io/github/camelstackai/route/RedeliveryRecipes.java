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
package io.github.camelstackai.route;

import io.github.camelstackai.StackAiOperationFailedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** The routes of docs/errors.md, as the page shows them. */
final class RedeliveryRecipes {
    private RedeliveryRecipes() {}

    static final class Throttled extends RouteBuilder {
        @Override
        public void configure() {
            onException(Exception.class).maximumRedeliveries(0);
            onException(StackAiOperationFailedException.class)
                    .onWhen(simple("${exception.retryable}"))
                    .maximumRedeliveries(5)
                    .redeliveryDelay(2000)
                    .useExponentialBackOff()
                    .backOffMultiplier(2)
                    .asyncDelayedRedelivery();

            from("direct:start").to("stackai:run:triage");
        }
    }

    static final class GatewayDown extends RouteBuilder {
        @Override
        public void configure() {
            onException(Exception.class).maximumRedeliveries(0);
            onException(
                            ConnectException.class,
                            NoRouteToHostException.class,
                            UnknownHostException.class,
                            SSLHandshakeException.class,
                            ConnectTimeoutException.class)
                    .maximumRedeliveries(-1)
                    .redeliveryDelay(1000)
                    .useExponentialBackOff()
                    .backOffMultiplier(2)
                    .maximumRedeliveryDelay(60_000)
                    .asyncDelayedRedelivery();

            from("direct:start").to("stackai:run:triage");
        }
    }

    static final class NeverTwice extends RouteBuilder {
        @Override
        public void configure() {
            onException(Exception.class).maximumRedeliveries(0);
            onException(StackAiOperationFailedException.class)
                    .onWhen(simple("${exception.statusCode} == 429"))
                    .maximumRedeliveries(5)
                    .redeliveryDelay(2000)
                    .asyncDelayedRedelivery();
            onException(
                            ConnectException.class,
                            NoRouteToHostException.class,
                            UnknownHostException.class,
                            SSLHandshakeException.class,
                            ConnectTimeoutException.class)
                    .maximumRedeliveries(5)
                    .redeliveryDelay(2000)
                    .asyncDelayedRedelivery();

            from("direct:start").to("stackai:run:book-the-order");
        }
    }

    static final class DeadLetter extends RouteBuilder {
        @Override
        public void configure() {
            errorHandler(deadLetterChannel("direct:dead").useOriginalMessage());

            from("direct:start").to("stackai:run:triage");

            from("direct:dead")
                    .setHeader("reason", simple("${exception.message}"))
                    .choice()
                    .when(simple("${exception} is 'io.github.camelstackai.StackAiFailure'"))
                    .setHeader("run", simple("${exception.runId}"))
                    .end()
                    .to("mock:dead");
        }
    }
}
