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

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiValidationError;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a run fails, and what Camel is told of it. */
class RunErrorsTest extends RouteTest {
    private Exception failure(String uri, Reply reply) {
        stackAi().enqueue(reply);
        return failure(uri);
    }

    private Exception failure(String uri) {
        Exchange exchange = template.request(uri, e -> e.getMessage().setBody("q"));
        assertThat(exchange.getMessage().getBody())
                .as("a failed call leaves the body")
                .isEqualTo("q");
        return exchange.getException();
    }

    @ParameterizedTest
    @CsvSource({
        "301,false",
        "400,false",
        "401,false",
        "402,false",
        "403,false",
        "404,false",
        "408,true",
        "422,false",
        "425,true",
        "429,true",
        "500,true",
        "501,false",
        "502,true",
        "503,true",
        "504,true"
    })
    void statusOtherThan2xxIsTheExceptionThatCamelHttpThrows(int status, boolean retryable) {
        context.start();
        assertThat(failure("stackai:run:f", Reply.error(status, "no\r\nway")))
                .isInstanceOf(HttpOperationFailedException.class)
                .isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(status);
                    assertThat(e.getDetail()).isEqualTo("no\r\nway");
                    assertThat(e.isRetryable()).isEqualTo(retryable);
                    assertThat(e.getRunId()).isNull();
                    assertThat(e.getMessage())
                            .contains("flow f", Integer.toString(status), "no way")
                            .doesNotContain("\n");
                });
        assertThat(stackAi().requestCount())
                .as("nothing is followed or sent again")
                .isEqualTo(1);
    }

    @Test
    void validationErrorsAreReadOneByOne() {
        context.start();
        stackAi()
                .enqueue(Reply.text("{\"detail\":[{\"loc\":[\"body\",0],\"msg\":\"bad\",\"type\":\"t\"}]}")
                        .withStatus(422));
        assertThat(failure("stackai:run:f")).isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
            assertThat(e.getValidationErrors())
                    .isEqualTo(List.of(new StackAiValidationError(List.of("body", "0"), "bad", "t")));
            assertThat(e.getDetail()).contains("bad");
        });
    }

    @Test
    void gatewayPageIsKeptUpTo64KiB() {
        context.start();
        String page = "<html>" + "x".repeat(100_000);
        assertThat(failure("stackai:run:f", Reply.text(page).withStatus(502).contentType("text/html")))
                .isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
                    assertThat(e.getResponseBody()).hasSize(64 * 1024).startsWith("<html>");
                    assertThat(e.getDetail()).isNull();
                    assertThat(e.getMessage()).contains("<html>").hasSizeLessThan(600);
                });
    }

    @Test
    void credentialThatAGatewayRepeatsIsHidden() {
        context.start();
        Reply echo = Reply.text(
                        "{\"detail\":\"Authorization: Bearer " + stackAi().apiKey() + "\"}")
                .withStatus(400)
                .header("X-Debug", stackAi().apiKey());
        assertThat(failure("stackai:run:f", echo))
                .isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> assertThat(
                                e + e.getDetail() + e.getResponseBody() + e.getResponseHeaders())
                        .doesNotContain(stackAi().apiKey()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>login</html>", "", "[1]", "\"text\"", "{\"outputs\":", "{} {}", "{\"outputs\":\"text\"}"})
    void okThatIsNotTheJsonPromisedIsAnError(String body) {
        context.start();
        assertThat(failure("stackai:run:f", Reply.text(body)))
                .isInstanceOfSatisfying(StackAiResponseException.class, e -> {
                    assertThat(e.isRetryable()).isFalse();
                    assertThat(e.getMessage()).contains("flow f", "200", body);
                });
    }

    @Test
    void gzipThatNobodyAskedForIsNotUnpacked() throws Exception {
        context.start();
        var packed = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(packed)) {
            gzip.write("{\"outputs\":{}}".getBytes(UTF_8));
        }
        assertThat(failure("stackai:run:f", Reply.bytes(packed.toByteArray()).header("Content-Encoding", "gzip")))
                .isInstanceOf(StackAiResponseException.class);
        RecordedRequest request = stackAi().takeRequest(Duration.ofSeconds(5));
        assertThat(request.header("Accept-Encoding")).isNull();
    }

    @Test
    void responseIsReadUpToItsLimitAndNoFurther() {
        context.start();
        byte[] piece = "x".repeat(1000).getBytes(UTF_8);
        Exception e = failure("stackai:run:f?maxResponseSize=10000", Reply.streaming(() -> piece));
        assertThat(e).isInstanceOf(StackAiResponseException.class).hasMessageContaining("maxResponseSize");
    }

    // ---- redelivery

    @ParameterizedTest
    @CsvSource({"7,7000", "0,0", "100000,60000", "99999999999999999999,60000"})
    void retryAfterSecondsBecomeTheRedeliveryDelay(String value, long millis) {
        context.start();
        stackAi().enqueue(Reply.error(429, "slow down").header("Retry-After", value));
        Exchange exchange =
                template.request("stackai:run:f", e -> e.getMessage().setBody("q"));
        assertThat(exchange.getIn().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(millis);
    }

    @Test
    void retryAfterDateBecomesTheRedeliveryDelay() {
        context.start();
        String in30s = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30));
        stackAi().enqueue(Reply.error(503, "later").header("Retry-After", in30s));
        Exchange exchange =
                template.request("stackai:run:f", e -> e.getMessage().setBody("q"));
        assertThat(exchange.getIn().getHeader(Exchange.REDELIVERY_DELAY, Long.class))
                .isBetween(25_000L, 30_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "soon", " ", "1.5"})
    void retryAfterThatMakesNoSenseIsIgnored(String value) {
        context.start();
        stackAi().enqueue(Reply.error(503, "later").header("Retry-After", value));
        Exchange exchange =
                template.request("stackai:run:f", e -> e.getMessage().setBody("q"));
        assertThat(exchange.getIn().getHeaders()).doesNotContainKey(Exchange.REDELIVERY_DELAY);
    }

    private Object delayAsked(String call, Reply reply) {
        stackAi().enqueue(reply);
        Exchange exchange =
                template.request("stackai:" + call, e -> e.getMessage().setBody("q"));
        assertThat(exchange.getException()).isNotNull();
        return exchange.getIn().getHeader(Exchange.REDELIVERY_DELAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EEE, dd MMM yyyy HH:mm:ss 'GMT'", // as HTTP writes it
                "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", // as RFC 850 did
                "EEE MMM ppd HH:mm:ss yyyy" // as asctime does
            })
    void dateIsReadInEveryFormThatHttpKnows(String form) {
        context.start();
        String date = DateTimeFormatter.ofPattern(form, java.util.Locale.US)
                .format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30));
        Reply reply = Reply.error(503, "later").header("Retry-After", date);
        assertThat((Long) delayAsked("run:f", reply)).as(date).isBetween(20_000L, 30_000L);
    }

    @Test
    void dateThatHasPassedAsksForNoDelay() {
        context.start();
        Reply reply = Reply.error(503, "later").header("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT");
        assertThat(delayAsked("run:f", reply)).isEqualTo(0L);
    }

    @ParameterizedTest
    @CsvSource({"3,7,7000", "7,3,7000", "-1,7,7000", "soon,7,7000", "'3, 7',5,7000", "7,99999999999,60000"})
    void longestOfSeveralDelaysCounts(String one, String other, long millis) {
        context.start();
        Reply reply =
                Reply.error(429, "slow down").addHeader("Retry-After", one).addHeader("Retry-After", other);
        assertThat(delayAsked("run:f", reply)).isEqualTo(millis);
    }

    static Stream<Arguments> everyWayToFail() {
        Stream<Reply> replies = Stream.of(
                Reply.error(301, "moved"),
                Reply.error(401, "who"),
                Reply.error(422, "wrong"),
                Reply.error(500, "broken"),
                Reply.error(503, "cut").resetAfter(150),
                Reply.text("<html>maintenance</html>"),
                Reply.json(Map.of("run_id", "r", "error", "overloaded")),
                Reply.chunks("{").thenReset());
        return replies.flatMap(reply -> Stream.of("run:f", "stream:f", "stream:f?streamMode=collect")
                .map(call -> Arguments.of(call, reply.header("Retry-After", "7"))));
    }

    @ParameterizedTest
    @MethodSource("everyWayToFail")
    void retryAfterIsHeardOnAnyFailure(String call, Reply reply) {
        context.start();
        assertThat(delayAsked(call, reply)).isEqualTo(7000L);
    }

    @Test
    void redeliveryWaitsAsLongAsTheServiceAsks() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(HttpOperationFailedException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(60_000);
                from("direct:start").to("stackai:run:f");
            }
        });
        context.start();
        stackAi().enqueue(Reply.error(429, "slow down").header("Retry-After", "1"));
        Exchange exchange = send("q");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: q");
        long waited = stackAi().requests().get(1).arrivedNanos()
                - stackAi().requests().get(0).arrivedNanos();
        assertThat(Duration.ofNanos(waited)).isBetween(Duration.ofMillis(950), Duration.ofSeconds(20));
    }

    @Test
    void delayOfAFailureThatIsPastDelaysNothingElse() {
        context.start();
        Exchange exchange = template.request("stackai:run:f", e -> {
            e.getMessage().setBody("q");
            e.getMessage().setHeader(Exchange.REDELIVERY_DELAY, 3000L);
        });
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(Exchange.REDELIVERY_DELAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run:f", "stream:f", "feedback:f?runId=r", "metadata:f"})
    void refusalThatBreaksOffIsARefusalAllTheSame(String call) {
        context.start();
        Reply reply = Reply.error(429, "slow down, please, " + "x".repeat(5000)).resetAfter(400);
        assertThat(failure("stackai:" + call, reply))
                .isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
                    assertThat(e.getStatusCode()).isEqualTo(429);
                    assertThat(e.isRetryable()).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({"run:f,422,inputs", "run:f,500,may have run", "stream:f,500,may have run"})
    void adviceOfARunIsForRunsAlone(String call, int status, String advice) {
        context.start();
        assertThat(failure("stackai:" + call, Reply.error(status, "no"))).hasMessageContaining(advice);
        assertThat(failure("stackai:feedback:f?runId=r", Reply.error(status, "no")))
                .message()
                .doesNotContain(advice);
        assertThat(failure("stackai:metadata:f", Reply.error(status, "no")))
                .message()
                .doesNotContain(advice);
    }

    // ---- the connection

    @Test
    void hostThatIsUnknownIsAnUnknownHost() {
        component.getConfiguration().setBaseUrl("http://stackai.invalid");
        context.start();
        assertThat(failure("stackai:run:f"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("stackai.invalid")
                .hasMessageContaining("nothing was sent");
    }

    @Test
    void refusedConnectionIsAConnectException() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        component.getConfiguration().setBaseUrl("http://127.0.0.1:" + port);
        context.start();
        assertThat(failure("stackai:run:f"))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("" + port);
    }

    @Test
    void connectionThatIsNeverAcceptedIsAConnectTimeout() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 3; i++) { // more than its queue holds: what follows gets no answer
                Socket socket = new Socket();
                waiting.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (SocketTimeoutException e) {
                    break;
                }
            }
            component.getConfiguration().setBaseUrl("http://127.0.0.1:" + full.getLocalPort());
            component.setConnectTimeout(Duration.ofMillis(500));
            context.start();
            assertThat(failure("stackai:run:f"))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("onnect");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Limits of more than a few seconds are looked at now and then before they are kept to the millisecond. */
    @ParameterizedTest
    @ValueSource(ints = {300, 3500})
    void silenceBeforeTheHeadIsATimeoutThatNamesItsOption(int millis) {
        context.start();
        long begin = System.nanoTime();
        assertThat(failure("stackai:run:f?streamIdleTimeout=20s&responseTimeout=" + millis, Reply.never()))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("responseTimeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(millis - 10), Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 3500})
    void silenceInsideTheBodyIsATimeoutThatNamesItsOption(int millis) {
        context.start();
        long begin = System.nanoTime();
        assertThat(failure(
                        "stackai:run:f?responseTimeout=20s&streamIdleTimeout=" + millis,
                        Reply.text("x".repeat(1000)).silentAfter(500)))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("streamIdleTimeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(millis - 10), Duration.ofSeconds(10));
    }

    @Test
    void trickleThatNeverFallsSilentEndsWithTheTotalTimeout() {
        context.start();
        Reply trickle = Reply.text("{\"outputs\":{\"out-0\":\"" + "x".repeat(10_000) + "\"}}")
                .trickle(1, Duration.ofMillis(20));
        assertThat(failure("stackai:run:f?streamIdleTimeout=1s&totalTimeout=700", trickle))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("totalTimeout");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 60, 90})
    void resetIsASocketException(long bytes) {
        context.start();
        assertThat(failure(
                        "stackai:run:f",
                        Reply.text("{\"outputs\":{\"out-0\":\"xxxxxxxx\"}}").resetAfter(bytes)))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("/run/");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 60, 90})
    void halfAResponseIsNeverSuccess(long bytes) {
        context.start();
        assertThat(failure(
                        "stackai:run:f",
                        Reply.text("{\"outputs\":{\"out-0\":\"xxxxxxxx\"}}").closeAfter(bytes)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void garbageInsteadOfHttpIsAnIoException() {
        context.start();
        assertThat(failure("stackai:run:f", Reply.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void endlessHeaderIsCutOff() {
        context.start();
        byte[] more = "X-More: y\r\n".repeat(1000).getBytes(UTF_8);
        java.util.concurrent.atomic.AtomicBoolean begun = new java.util.concurrent.atomic.AtomicBoolean();
        assertThat(failure(
                        "stackai:run:f",
                        Reply.raw(() -> begun.getAndSet(true) ? more : "HTTP/1.1 200 OK\r\n".getBytes(UTF_8))))
                .isInstanceOf(IOException.class);
    }

    @RepeatedTest(5) // the ways of the two cancellations cross in more than one order
    void waitingForAConnectionEndsWithItsTimeout() {
        component.setMaxConnections(1);
        component.setConnectionRequestTimeout(Duration.ofMillis(300));
        context.start();
        stackAi().enqueue(Reply.never());
        var silent = template.asyncRequestBody("stackai:run:f?responseTimeout=1s", "first");
        org.awaitility.Awaitility.await().until(() -> stackAi().openRequests() == 1);
        assertThat(failure("stackai:run:f"))
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessageContaining("nothing was sent")
                .hasMessageContaining("connectionRequestTimeout")
                .hasMessageContaining("maxConnections");
        assertThat(silent).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void everyExceptionOfOurOwnIsAStackAiFailure() {
        context.start();
        assertThat(failure("stackai:run:f", Reply.error(500, "x"))).isInstanceOf(StackAiFailure.class);
        assertThat(failure("stackai:run:f", Reply.text("x"))).isInstanceOf(StackAiFailure.class);
        assertThat(failure("stackai:run:f", Reply.json(Map.of("error", "x")))).isInstanceOf(StackAiFailure.class);
    }
}
