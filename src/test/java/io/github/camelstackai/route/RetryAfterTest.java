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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service asks for with Retry-After becomes the delay of the redelivery. */
class RetryAfterTest extends RouteTest {
    @ParameterizedTest
    @CsvSource({"7,7000", "1.5,1500", "100000,60000", "99999999999999999999,60000"})
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
    @ValueSource(strings = {"-5", "soon", " ", "0", "0.0", "Wed, 21 Oct 2015 07:28:00 GMT"})
    void retryAfterThatAsksForNothingLeavesTheDelayToTheRoute(String value) {
        context.start();
        stackAi().enqueue(Reply.error(503, "later").header("Retry-After", value));
        Exchange exchange =
                template.request("stackai:run:f", e -> e.getMessage().setBody("q"));
        assertThat(exchange.getIn().getHeaders()).doesNotContainKey(Exchange.REDELIVERY_DELAY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EEE, dd MMM yyyy HH:mm:ss 'GMT'", // RFC 9110
                "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", // RFC 850
                "EEE MMM ppd HH:mm:ss yyyy" // asctime
            })
    void dateIsReadInEachFormatOfHttp(String form) {
        context.start();
        String date = DateTimeFormatter.ofPattern(form, Locale.US)
                .format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30));
        Reply reply = Reply.error(503, "later").header("Retry-After", date);
        assertThat((Long) delayAfter("run:f", reply)).as(date).isBetween(20_000L, 30_000L);
    }

    @ParameterizedTest
    @CsvSource({"3,7,7000", "7,3,7000", "-1,7,7000", "soon,7,7000", "'3, 7',5,7000", "7,99999999999,60000"})
    void longestOfSeveralDelaysCounts(String one, String other, long millis) {
        context.start();
        Reply reply =
                Reply.error(429, "slow down").addHeader("Retry-After", one).addHeader("Retry-After", other);
        assertThat(delayAfter("run:f", reply)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"run:f,60s,7000", "stream:f,2s,2000"})
    void optionMaxRetryAfterLimitsTheDelay(String call, String limit, long millis) {
        context.start();
        Reply reply = Reply.error(429, "slow down").header("Retry-After", "7");
        assertThat(delayAfter(call + "?maxRetryAfter=" + limit, reply)).isEqualTo(millis);
    }

    static Stream<Arguments> failures() {
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
    @MethodSource("failures")
    void everyFailureHonoursRetryAfter(String call, Reply reply) {
        context.start();
        assertThat(delayAfter(call, reply)).isEqualTo(7000L);
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
    void successRemovesTheDelayOfAnEarlierFailure() {
        context.start();
        Exchange exchange = template.request("stackai:run:f", e -> {
            e.getMessage().setBody("q");
            e.getMessage().setHeader(Exchange.REDELIVERY_DELAY, 3000L);
        });
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(Exchange.REDELIVERY_DELAY);
    }

    private Object delayAfter(String call, Reply reply) {
        stackAi().enqueue(reply);
        Exchange exchange =
                template.request("stackai:" + call, e -> e.getMessage().setBody("q"));
        assertThat(exchange.getException()).isNotNull();
        return exchange.getIn().getHeader(Exchange.REDELIVERY_DELAY);
    }
}
