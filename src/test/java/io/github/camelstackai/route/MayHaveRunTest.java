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

import static io.github.camelstackai.route.Streams.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure says in an exchange property whether the run may have taken place. */
class MayHaveRunTest extends RouteTest {
    private static final String PROPERTY = "CamelStackAiMayHaveRun";

    private static Boolean mayHaveRun(Exchange exchange) {
        assertThat(exchange.getException()).isNotNull();
        return exchange.getProperty(PROPERTY, Boolean.class);
    }

    private static Stream<Arguments> ofEachCall(Object... values) {
        return Stream.of("run:f", "stream:f", "stream:f?streamMode=collect")
                .flatMap(call -> Stream.of(values).map(value -> Arguments.of(call, value)));
    }

    private static String withOptions(String call, String options) {
        return "stackai:" + call + (call.contains("?") ? "&" : "?") + options;
    }

    // ---- the response

    static Stream<Arguments> refusals() {
        return ofEachCall(401, 403, 404, 422, 425, 429);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedCallHasNotRun(String call, int status) {
        assertThat(mayHaveRun(failedCall("stackai:" + call, Reply.error(status, "no"))))
                .isFalse();
    }

    static Stream<Arguments> serverErrors() {
        return ofEachCall(408, 500, 502, 503, 504);
    }

    @ParameterizedTest
    @MethodSource("serverErrors")
    void serverErrorMayHaveRun(String call, int status) {
        assertThat(mayHaveRun(failedCall("stackai:" + call, Reply.error(status, "no"))))
                .isTrue();
    }

    static Stream<Arguments> uselessResponses() {
        return ofEachCall(
                Reply.json(Map.of("run_id", "r1", "error", "quota")),
                Reply.json(Map.of("run_id", "r1", "state", "FAILED")),
                Reply.text("<html>login</html>"),
                Reply.text(""));
    }

    @ParameterizedTest
    @MethodSource("uselessResponses")
    void failedRunAndUnreadableResponseMayHaveRun(String call, Reply reply) {
        assertThat(mayHaveRun(failedCall("stackai:" + call, reply))).isTrue();
    }

    @Test
    void responseWithoutTheOutputMayHaveRun() {
        Reply reply = Reply.json(Map.of("outputs", Map.of("out-0", "x")));
        assertThat(mayHaveRun(failedCall("stackai:run:f?output=out-7", reply))).isTrue();
    }

    // ---- the connection

    @Test
    void refusedConnectionHasNotRun() throws IOException {
        try (DeadPort port = new DeadPort(DeadPort.Behaviour.REFUSING)) {
            component.getConfiguration().setBaseUrl(port.baseUrl());
            assertThat(mayHaveRun(failedCall("stackai:run:f"))).isFalse();
        }
    }

    @Test
    void unknownHostHasNotRun() {
        component.getConfiguration().setBaseUrl("http://stackai.invalid");
        assertThat(mayHaveRun(failedCall("stackai:run:f"))).isFalse();
    }

    @Test
    void failedTlsHandshakeHasNotRun() {
        component.getConfiguration().setBaseUrl("https://localhost:" + stackAi().port());
        assertThat(mayHaveRun(failedCall("stackai:run:f"))).isFalse();
    }

    @Test
    void connectTimeoutHasNotRun() throws Exception {
        try (DeadPort port = new DeadPort(DeadPort.Behaviour.FULL)) {
            component.getConfiguration().setBaseUrl(port.baseUrl());
            component.setConnectTimeout(Duration.ofMillis(300));
            assertThat(mayHaveRun(failedCall("stackai:run:f"))).isFalse();
        }
    }

    @Test
    void callWithoutAFreeConnectionHasNotRun() throws Exception {
        component.setMaxConnections(1);
        component.setConnectionRequestTimeout(Duration.ofMillis(150));
        context.start();
        CompletableFuture<Void> release = new CompletableFuture<>();
        stackAi().enqueue(Reply.usual().when(release));
        CompletableFuture<Object> first = template.asyncRequestBody("stackai:run:f", "q");
        takeRequest();
        assertThat(mayHaveRun(failedCall("stackai:run:f"))).isFalse();
        release.complete(null);
        assertThat(first).succeedsWithin(Duration.ofSeconds(5));
    }

    private void takeRequest() throws InterruptedException {
        stackAi().takeRequest(Duration.ofSeconds(5));
    }

    static Stream<Arguments> brokenConnections() {
        return ofEachCall(
                Reply.reset(),
                Reply.close(),
                Reply.usual().resetAfter(40),
                Reply.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                Reply.chunks().thenClose());
    }

    @ParameterizedTest
    @MethodSource("brokenConnections")
    void connectionThatBreaksAfterTheRequestMayHaveRun(String call, Reply reply) {
        assertThat(mayHaveRun(failedCall("stackai:" + call, reply))).isTrue();
    }

    static Stream<Arguments> timeouts() {
        return Stream.of("run:f", "stream:f", "stream:f?streamMode=collect")
                .flatMap(call -> Stream.of(
                        Arguments.of(call, "responseTimeout=150", Reply.never()),
                        Arguments.of(call, "totalTimeout=150", Reply.never()),
                        Arguments.of(
                                call, "streamIdleTimeout=150", Reply.chunks().thenSilence())));
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void timeoutAfterTheRequestMayHaveRun(String call, String option, Reply reply) {
        assertThat(mayHaveRun(failedCall(withOptions(call, option), reply))).isTrue();
    }

    // ---- streams

    @ParameterizedTest
    @ValueSource(strings = {"", "oops\n", "{\"run_id\":\"r1\",\"error\":\"quota\"}\n"})
    void streamThatBreaksWhileItIsCollectedMayHaveRun(String lastLine) {
        Reply reply = Reply.text(frame("half") + "\n" + lastLine);
        assertThat(mayHaveRun(failedCall("stackai:stream:f?streamMode=collect", reply)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "oops\n", "{\"run_id\":\"r1\",\"error\":\"quota\"}\n"})
    void streamThatBreaksWhileItIsSplitMayHaveRun(String lastLine) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .to("mock:chunk");
            }
        });
        context.start();
        stackAi().enqueue(Reply.text(frame("half") + "\n" + lastLine));
        assertThat(mayHaveRun(send("q"))).isTrue();
    }

    // ---- calls that are not sent, or cut off

    @ParameterizedTest
    @ValueSource(strings = {"run:f", "stream:f", "stream:f?streamMode=collect"})
    void bodyThatCannotBeSentHasNotRun(String call) throws Exception {
        startRoute("stackai:" + call);
        assertThat(mayHaveRun(send(new Object()))).isFalse();
        assertThat(mayHaveRun(send(new byte[] {(byte) 0xFF, (byte) 0xFE, 0}))).isFalse();
        assertThat(mayHaveRun(send("q", Map.of(StackAiConstants.VERSION, "three"))))
                .isFalse();
        assertThat(mayHaveRun(send("q", Map.of(StackAiConstants.FLOW_ID, ".."))))
                .isFalse();
    }

    @Test
    void callWithoutATokenHasNotRun() throws Exception {
        component.getConfiguration().setApiKey(null);
        component.setUsername("sim-user");
        component.setPassword("sim-password");
        startRoute("stackai:run:f");
        stackAi().enqueue(Reply.error(503, "no token"), Reply.reset());
        assertThat(mayHaveRun(send("q"))).isFalse();
        assertThat(mayHaveRun(send("q"))).isFalse();
    }

    @Test
    void callAfterTheStopHasNotRun() throws Exception {
        startRoute("stackai:run:f");
        component.stop();
        assertThat(mayHaveRun(send("q"))).isFalse();
    }

    @Test
    void callThatTheStopCancelsMayHaveRun() throws Exception {
        startRoute("stackai:run:f");
        stackAi().enqueue(Reply.never());
        CompletableFuture<Exchange> call =
                template.asyncSend("direct:start", e -> e.getMessage().setBody("q"));
        takeRequest();
        component.stop();
        assertThat(call).succeedsWithin(Duration.ofSeconds(5));
        assertThat(mayHaveRun(call.join())).isTrue();
    }
}
