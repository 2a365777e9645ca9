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
package io.github.camelstackai.stream;

import static io.github.camelstackai.stream.TestStreams.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelstackai.StackAiConstants;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamLifecycleTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final TestStreams test = TestStreams.of(frame("a"), frame("b"));
    private Exchange exchange;

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").routeId("one").to("mock:one");
            }
        });
        context.start();
        exchange = exchange();
    }

    @AfterEach
    void stop() {
        if (exchange.getUnitOfWork() != null) {
            complete(exchange);
        }
        context.stop();
    }

    private Exchange exchange() {
        Exchange onRoute = new DefaultExchange(context);
        onRoute.getExchangeExtension()
                .setUnitOfWork(PluginHelper.getUnitOfWorkFactory(context).createUnitOfWork(onRoute));
        onRoute.getExchangeExtension().setFromRouteId("one");
        return onRoute;
    }

    private static void complete(Exchange done) {
        done.getUnitOfWork().done(done);
    }

    @Test
    void streamEndsWithItsExchange() {
        StreamLifecycle.attach(test.stream(), exchange);
        assertThat(test.call.abortedWith()).isNull();
        complete(exchange);
        assertThat(test.call.abortedWith()).hasMessageContaining("its exchange has ended");
    }

    @Test
    void streamEndsWithItsRoute() throws Exception {
        StreamLifecycle.attach(test.stream(), exchange);
        context.getRouteController().stopRoute("one");
        assertThat(test.call.abortedWith()).hasMessageContaining("the route was stopped");
    }

    @Test
    void streamOfAnExchangeThatHasEndedIsNoLongerTheRoutes() {
        StreamLifecycle.attach(test.stream(), exchange);
        complete(exchange);
        IOException reason = test.call.abortedWith();
        OpenCalls.of(context.getRoute("one")).stop();
        assertThat(test.call.abortedWith()).isSameAs(reason);
    }

    @Test
    void streamOutsideAnyRouteBelongsToTheCaller() {
        Exchange ofTemplate = new DefaultExchange(context);
        StreamLifecycle.attach(test.stream(), ofTemplate);
        assertThat(ofTemplate.getExchangeExtension().handoverCompletions()).isNullOrEmpty();
        ofTemplate.setException(new CamelExchangeException("failed", ofTemplate));
        assertThat(test.stream().hasNext()).isTrue();
    }

    @Test
    void streamMovesToTheExchangeThatItIsHandedOverTo() {
        StreamLifecycle.attach(test.stream(), exchange);
        Exchange target = exchange();
        exchange.getExchangeExtension().handoverCompletions(target);
        exchange.setException(new CamelExchangeException("failed", exchange));
        assertThat(test.stream().hasNext()).as("whatever becomes of the first").isTrue();
        complete(target);
        assertThat(test.call.abortedWith()).isNotNull();
    }

    @Test
    void failureOfTheStreamSaysThatItMayHaveRun() {
        StreamLifecycle.attach(test.stream(), exchange);
        test.call.fail(new IOException("reset"), true);
        test.stream().next();
        test.stream().next();
        assertThat(exchange.getProperties()).doesNotContainKey(StackAiConstants.MAY_HAVE_RUN);
        assertThat(catchThrowable(test.stream()::next)).isNotNull();
        assertThat(exchange.getProperty(StackAiConstants.MAY_HAVE_RUN)).isEqualTo(true);
    }

    static Stream<Consumer<Exchange>> signsThatTheRestIsDiscarded() {
        return Stream.of(
                exchange -> exchange.setException(new CamelExchangeException("by a splitter that stops", exchange)),
                exchange -> exchange.setRouteStop(true),
                exchange -> exchange.setRollbackOnly(true),
                exchange -> exchange.setRollbackOnlyLast(true),
                exchange -> exchange.getExchangeExtension().setErrorHandlerHandled(true));
    }

    @ParameterizedTest
    @MethodSource("signsThatTheRestIsDiscarded")
    void streamIsClosedOnceItsRestIsDiscarded(Consumer<Exchange> sign) {
        StreamLifecycle.attach(test.stream(), exchange);
        assertThat(test.stream().hasNext()).isTrue();
        sign.accept(exchange);
        assertThat(test.stream().hasNext()).isFalse();
        assertThat(test.call.isClosed()).isTrue();
    }

    static Stream<Consumer<Exchange>> signsOfNothing() {
        return Stream.of(
                exchange -> exchange.setException(new IOException("by a splitter that continues")),
                exchange -> exchange.getExchangeExtension().setErrorHandlerHandled(false));
    }

    @ParameterizedTest
    @MethodSource("signsOfNothing")
    void streamIsReadOnOtherwise(Consumer<Exchange> sign) {
        StreamLifecycle.attach(test.stream(), exchange);
        sign.accept(exchange);
        assertThat(test.stream().hasNext()).isTrue();
    }
}
