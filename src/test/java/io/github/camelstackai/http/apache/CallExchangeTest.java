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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;

class CallExchangeTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Attempts exchange = new Attempts();
    private final CallExchange attempt = exchange.begin();
    private final RecordingReceiver receiver = exchange.receiver;

    @Test
    void connectsOnceButAgainForAProxyThatWasAskedToConnect() throws Exception {
        assertThat(attempt.connecting(LIMIT)).isTrue();
        assertThat(attempt.connecting(LIMIT)).as("to the next address").isTrue();
        exchange.connect(false);
        assertThat(attempt.connecting(LIMIT)).as("it lost its connection").isFalse();
        exchange.sending();
        assertThat(attempt.connecting(LIMIT)).as("the proxy challenged it").isTrue();
        attempt.abort();
        assertThat(attempt.connecting(LIMIT)).as("it has ended").isFalse();
    }

    @Test
    void lookupEndsTheLimitAndAProxyStartsItAgain() {
        attempt.connecting(LIMIT);
        attempt.resolved();
        exchange.scheduler.pass(LIMIT);
        assertThat(receiver.events).isEmpty();
        attempt.reached(LIMIT);
        exchange.scheduler.pass(LIMIT);
        assertThat(receiver.failure()).hasMessageContaining("the proxy did not connect");
    }

    @Test
    void connectionThatIsReachedAfterTheEndStartsNoLimit() {
        attempt.abort();
        attempt.reached(LIMIT);
        assertThat(exchange.scheduler.pending()).isZero();
    }

    @Test
    void endedAttemptSendsNothing() {
        attempt.abort();
        assertThat(exchange.connect(true)).isFalse();
        assertThatThrownBy(exchange::sending).isInstanceOf(RequestNotExecutedException.class);
    }

    @Test
    void attemptIsSentOnce() throws Exception {
        exchange.connect(false);
        assertThat(attempt.stage()).isEqualTo(Stage.CONNECTED);
        exchange.sending();
        assertThat(attempt.stage()).isEqualTo(Stage.SENT);
        assertThatThrownBy(exchange::sending).isInstanceOf(RequestNotExecutedException.class);
    }

    @Test
    void failureIsReportedOnce() {
        attempt.connecting(LIMIT);
        attempt.failed(new ConnectException("refused"));
        attempt.failed(new ConnectException("refused"));
        attempt.cancelled();
        assertThat(receiver.events).containsExactly("failed");
        assertThat(receiver.sent()).isFalse();
    }

    @Test
    void requestThatNeverLeftADeadConnectionOfThePoolIsSentAgain() throws Exception {
        exchange.connect(true);
        exchange.sending();
        attempt.failed(new ConnectionClosedException());
        assertThat(exchange.attempts).hasSize(2);
        assertThat(receiver.events).isEmpty();
    }

    @Test
    void requestOfWhichAByteWasWrittenIsNotSentAgain() throws Exception {
        exchange.connect(true);
        exchange.sending();
        exchange.write();
        attempt.failed(new ConnectionClosedException());
        assertThat(exchange.attempts).hasSize(1);
        assertThat(receiver.failure()).isInstanceOf(SocketException.class);
        assertThat(receiver.sent()).isTrue();
    }

    @Test
    void requestThatNeverLeftANewConnectionFailsAsUnsent() throws Exception {
        exchange.connect(false);
        exchange.sending();
        attempt.failed(new ConnectionClosedException());
        assertThat(exchange.attempts).hasSize(1);
        assertThat(receiver.failure()).isInstanceOf(ConnectException.class);
        assertThat(receiver.sent()).isFalse();
    }

    @Test
    void programmingErrorIsNoDeadConnection() throws Exception {
        exchange.connect(true);
        exchange.sending();
        attempt.failed(new IllegalStateException("bug"));
        assertThat(exchange.attempts).hasSize(1);
        assertThat(receiver.sent()).isTrue();
    }

    @Test
    void cancellationByTheClientFailsTheCall() {
        attempt.cancelled();
        assertThat(receiver.failure()).hasMessageContaining("cancelled").hasMessageEndingWith("nothing was sent");
    }

    @Test
    void cancellationOfASentRequestSaysThatItMayHaveTakenPlace() throws Exception {
        exchange.connect(false);
        exchange.sending();
        attempt.cancelled();
        assertThat(receiver.failure()).hasMessageContaining("cancelled").hasMessageEndingWith("may have taken place");
        assertThat(receiver.sent()).isTrue();
    }

    @Test
    void closeCancelsWhatTheClientStillDoes() {
        CompletableFuture<Void> before = new CompletableFuture<>();
        attempt.pending(before);
        attempt.close();
        assertThat(before).isCancelled();
        CompletableFuture<Void> after = new CompletableFuture<>();
        attempt.pending(after);
        assertThat(after).isCancelled();
    }

    @Test
    void headHasTheFirstValueOfEachHeaderAndAllOfRetryAfter() throws Exception {
        BasicHttpResponse response = new BasicHttpResponse(429, "slow down");
        response.addHeader("X-Id", "1");
        response.addHeader("x-id", "2");
        response.addHeader("Retry-After", "3");
        response.addHeader("retry-after", "7");
        exchange.connect(false);
        exchange.sending();
        exchange.head(response);
        assertThat(receiver.head().status()).isEqualTo(429);
        assertThat(receiver.head().reason()).isEqualTo("slow down");
        assertThat(receiver.head().headers()).containsEntry("X-ID", "1");
        assertThat(receiver.head().retryAfter()).containsExactly("3", "7");
    }

    @Test
    void responseWithoutABodyEndsWithItsHead() throws Exception {
        exchange.connect(false);
        exchange.sending();
        exchange.headWithoutBody(204);
        assertThat(receiver.events).containsExactly("head 204", "end");
        assertThat(exchange.done).containsExactly("completed");
    }

    @Test
    void nothingOfAnEndedAttemptIsDelivered() throws Exception {
        exchange.connect(false);
        exchange.sending();
        attempt.abort();
        exchange.head(200);
        exchange.body("a");
        attempt.updateCapacity(bytes -> {
            throw new AssertionError("announced");
        });
        exchange.bodyEnds();
        attempt.failed(new ConnectionClosedException());
        assertThat(receiver.events).isEmpty();
        assertThat(exchange.done).as("the client ends the exchange").containsExactly("completed");
    }
}
