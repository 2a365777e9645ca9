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
package io.github.camelstackai.http.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelstackai.http.CallTimeoutException;
import io.github.camelstackai.http.CallTimeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApacheCallTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Attempts exchange = new Attempts();
    private final RecordingReceiver receiver = exchange.receiver;

    private void assertFailedOnce(Throwable cause) {
        assertThat(receiver.events.stream().filter("failed"::equals)).hasSize(1);
        assertThat(receiver.failure()).isSameAs(cause);
        assertThat(exchange.ended).containsExactly(exchange.call);
    }

    @Test
    void responseIsReceivedAsItArrives() throws Exception {
        exchange.sent();
        exchange.head(200);
        exchange.body("a");
        exchange.body("b");
        exchange.bodyEnds();
        assertThat(receiver.events).containsExactly("head 200", "body a", "body b", "end");
        assertThat(exchange.done).containsExactly("completed");
        assertThat(exchange.ended).containsExactly(exchange.call);
        assertThat(exchange.isDiscarded()).isFalse();
    }

    static Stream<Arguments> whatReceiversThrow() {
        return Stream.of("head", "body").flatMap(method -> Stream.of(
                        new IOException("io"), new IllegalStateException("bug"), new Error("error"))
                .map(cause -> Arguments.of(method, cause)));
    }

    @ParameterizedTest
    @MethodSource("whatReceiversThrow")
    void whatTheReceiverThrowsEndsItsCallAlone(String method, Throwable thrown) throws Exception {
        CallExchange attempt = exchange.sent();
        receiver.failIn(method, thrown);
        Throwable reported = catchThrowable(() -> {
            exchange.head(200);
            exchange.body("a");
        });
        assertThat(reported).as("HttpClient ends the exchange").isInstanceOf(IOException.class);
        attempt.failed((IOException) reported);
        exchange.body("late");
        exchange.bodyEnds();
        assertFailedOnce(thrown);
        assertThat(receiver.sent()).isTrue();
        assertThat(receiver.events).endsWith("failed");
        assertThat(exchange.isDiscarded()).isTrue();
    }

    static Stream<Throwable> whatEndThrows() {
        return Stream.of(new IOException("io"), new IllegalStateException("bug"), new Error("error"));
    }

    @ParameterizedTest
    @MethodSource("whatEndThrows")
    void whatTheEndThrowsFailsTheCallAndTheConnectionServesOthers(Throwable thrown) throws Exception {
        exchange.sent();
        receiver.failIn("end", thrown);
        exchange.head(200);
        exchange.bodyEnds();
        assertFailedOnce(thrown);
        assertThat(receiver.sent()).isTrue();
        assertThat(exchange.done).containsExactly("completed");
        assertThat(exchange.isDiscarded()).isFalse();
    }

    static Stream<Throwable> whatFailedThrows() {
        return Stream.of(new IllegalStateException("bug"), new Error("error"));
    }

    @ParameterizedTest
    @MethodSource("whatFailedThrows")
    void whatTheFailureHandlerThrowsEndsItsCallAlone(Throwable thrown) throws Exception {
        exchange.sent();
        receiver.failIn("failed", thrown);
        IOException cause = new IOException("aborted");
        exchange.call.abort(cause);
        exchange.call.abort(new IOException("again"));
        assertFailedOnce(cause);
        assertThat(exchange.isDiscarded()).isTrue();
    }

    @Test
    void abortPassesItsCauseAndWhetherTheRequestWasSent() throws Exception {
        IOException cause = new IOException("cancelled");
        exchange.begin();
        exchange.call.abort(cause);
        assertFailedOnce(cause);
        assertThat(receiver.sent()).isFalse();

        Attempts sent = new Attempts();
        sent.sent();
        sent.call.abort(cause);
        assertThat(sent.receiver.sent()).isTrue();
        assertThat(sent.isDiscarded()).isTrue();
    }

    @Test
    void closeEndsTheCallWithoutNotice() throws Exception {
        CallExchange attempt = exchange.sent();
        exchange.head(200);
        exchange.call.close();
        exchange.body("late");
        attempt.failed(new ConnectionClosedException());
        assertThat(receiver.events).containsExactly("head 200");
        assertThat(exchange.ended).containsExactly(exchange.call);
        assertThat(exchange.isDiscarded()).isTrue();
    }

    @Test
    void drainedCallIsClosedAfterASecondUnlessTheBodyEnds() throws Exception {
        exchange.sent();
        exchange.head(200);
        exchange.call.drainThenClose();
        exchange.scheduler.pass(Duration.ofMillis(999));
        assertThat(exchange.isDiscarded()).isFalse();
        exchange.scheduler.pass(Duration.ofMillis(1));
        assertThat(exchange.isDiscarded()).isTrue();
        assertThat(receiver.events).containsExactly("head 200");

        Attempts ending = new Attempts();
        ending.sent();
        ending.head(200);
        ending.call.drainThenClose();
        ending.bodyEnds();
        assertThat(ending.scheduler.pending()).isZero();
        assertThat(ending.isDiscarded()).isFalse();
    }

    @Test
    void callThatEndedBeforeItsAttemptBeganClosesThatAttempt() {
        exchange.call.close();
        assertThat(exchange.begin().abort()).isEqualTo(Stage.CLOSED);
    }

    @Test
    void totalTimeoutSaysWhetherTheRequestWasSent() throws Exception {
        Attempts waiting = new Attempts(new CallTimeouts(Duration.ZERO, Duration.ZERO, LIMIT));
        waiting.begin();
        waiting.scheduler.pass(LIMIT);
        assertThat(waiting.receiver.failure())
                .isInstanceOf(CallTimeoutException.class)
                .hasMessageContaining("totalTimeout")
                .hasMessageEndingWith("nothing was sent");
        assertThat(waiting.receiver.sent()).isFalse();

        Attempts sent = new Attempts(new CallTimeouts(Duration.ZERO, Duration.ZERO, LIMIT));
        sent.sent();
        sent.scheduler.pass(LIMIT);
        assertThat(sent.receiver.failure()).hasMessageContaining("the request was sent");
        assertThat(sent.receiver.sent()).isTrue();
        assertThat(sent.isDiscarded()).isTrue();
    }

    @Test
    void connectTimeoutIsOneOfARequestThatWasNotSent() {
        exchange.begin().connecting(LIMIT);
        exchange.scheduler.pass(LIMIT);
        assertThat(receiver.failure()).isInstanceOf(ConnectTimeoutException.class);
        assertThat(receiver.sent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopOfTheTransportSaysWhetherTheRequestWasSent(boolean sent) throws Exception {
        if (sent) {
            exchange.sent();
        } else {
            exchange.begin();
        }
        exchange.call.stop();
        assertThat(receiver.failure())
                .hasMessageContaining("the component was stopped")
                .hasMessageContaining(sent ? "the request was sent" : "nothing was sent");
        assertThat(receiver.sent()).isEqualTo(sent);
    }

    @Test
    void callIsSentOverAnotherConnectionWhereOneOfThePoolWasDead() throws Exception {
        CallExchange first = exchange.begin();
        exchange.connect(true);
        first.failed(new ConnectionClosedException());
        assertThat(receiver.events).isEmpty();
        assertThat(exchange.attempts).hasSize(2);
        exchange.connect(false);
        exchange.sending();
        exchange.head(200);
        assertThat(receiver.events).containsExactly("head 200");
    }

    @Test
    void callThatHasEndedIsNotSentAgain() {
        CallExchange first = exchange.begin();
        exchange.connect(true);
        exchange.call.close();
        exchange.call.failed(new ConnectionClosedException(), Stage.REUSED);
        assertThat(exchange.attempts).containsExactly(first);
        assertThat(receiver.events).isEmpty();
    }

    @Test
    void creditOfTheReceiverIsAnnouncedToTheConnection() throws Exception {
        List<Integer> announced = new ArrayList<>();
        receiver.credit = 10;
        exchange.sent();
        exchange.head(200);
        exchange.current().updateCapacity(announced::add);
        exchange.call.grant(5);
        assertThat(announced).containsExactly(10 - BodyWindow.INITIAL, 5);
    }

    @Test
    void connectionThatTakesNoCreditFailsTheCall() throws Exception {
        IOException broken = new IOException("broken");
        exchange.sent();
        exchange.head(200);
        exchange.current().updateCapacity(bytes -> {
            throw broken;
        });
        assertFailedOnce(broken);
        assertThat(exchange.isDiscarded()).isTrue();
    }
}
