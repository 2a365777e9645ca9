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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenCallsTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").routeId("one").to("mock:one");
                from("direct:two").routeId("two").to("mock:two");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Route route(String id) {
        return context.getRoute(id);
    }

    @Test
    void routeHasOneSetOfStreams() {
        assertThat(OpenCalls.of(route("one")))
                .isSameAs(OpenCalls.of(route("one")))
                .isNotSameAs(OpenCalls.of(route("two")));
    }

    @Test
    void streamsOfARouteEndWhenItStops() throws Exception {
        TestStreams open = TestStreams.of(frame("a"));
        TestStreams other = TestStreams.of(frame("a"));
        OpenCalls.of(route("one")).add(open.stream());
        OpenCalls.of(route("two")).add(other.stream());
        context.getRouteController().stopRoute("one");
        assertThat(open.call.abortedWith()).hasMessageContaining("the route was stopped");
        assertThat(other.call.abortedWith()).isNull();
    }

    @Test
    void streamThatWasRemovedOutlivesTheRoute() throws Exception {
        TestStreams removed = TestStreams.of(frame("a"));
        OpenCalls streams = OpenCalls.of(route("one"));
        streams.add(removed.stream());
        streams.remove(removed.stream());
        context.getRouteController().stopRoute("one");
        assertThat(removed.call.abortedWith()).isNull();
    }

    /** The call was under way when the route stopped. */
    @Test
    void streamThatOpensAfterTheStopEndsAtOnce() throws Exception {
        TestStreams late = TestStreams.of(frame("a"));
        OpenCalls streams = OpenCalls.of(route("one"));
        context.getRouteController().stopRoute("one");
        streams.add(late.stream());
        assertThat(late.call.abortedWith()).hasMessageContaining("the route was stopped");
    }

    @Test
    void callThatEndsWhileItIsAddedRemainsNowhere() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        AtomicInteger cancelled = new AtomicInteger();
        OpenCall call = (outcome, reason) -> {
            cancelled.incrementAndGet();
            done.complete(null);
        };
        List<OpenCalls> owners = List.of(OpenCalls.of(route("one")), OpenCalls.of(route("two")));
        context.getRouteController().stopRoute("one");
        OpenCalls.addUntil(done, call, owners);
        context.getRouteController().stopRoute("two");
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void streamsOfARouteThatWasRestartedEndWithItsNextStop() throws Exception {
        OpenCalls.of(route("one"));
        context.getRouteController().stopRoute("one");
        context.getRouteController().startRoute("one");
        TestStreams open = TestStreams.of(frame("a"));
        OpenCalls.of(route("one")).add(open.stream());
        assertThat(open.call.abortedWith()).isNull();
        context.getRouteController().stopRoute("one");
        assertThat(open.call.abortedWith()).isNotNull();
    }
}
