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
package io.github.camelstackai.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.camelstackai.simulator.RecordedCall.Ending;
import io.github.camelstackai.simulator.RecordedCall.Piece;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** One call that is passed on to the service, and its response as it arrives. Thread-safe. */
final class RelayedCall implements HttpResponse.BodySubscriber<Void> {
    /** Headers of one connection; HTTP/2 has none of them. */
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    private final RecordedRequest request;
    private final BiConsumer<RecordedRequest, Response> recorder;
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private final CompletableFuture<Void> received = new CompletableFuture<>();
    private final RelayedBody body = new RelayedBody(this::demand);
    // Guarded by this.
    private final List<Piece> pieces = new ArrayList<>();
    private Flow.Subscription subscription;
    private ReplyHead head;
    private long headMillis;
    private long length;
    private boolean over;

    /**
     * What came; the times are in milliseconds since the request arrived.
     *
     * @param head null for none
     * @param pieces of its body
     * @param length of the body in bytes
     */
    record Response(ReplyHead head, long headMillis, List<Piece> pieces, long length, Ending ending, long millis) {}

    /**
     * @param recorder gets the response when it has ended; may block
     */
    RelayedCall(RecordedRequest request, BiConsumer<RecordedRequest, Response> recorder) {
        this.request = request;
        this.recorder = recorder;
    }

    /** Whether a header is passed on. */
    static boolean passes(String header) {
        return !HOP_BY_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    /**
     * @param executor of the client; also ends the call when its caller has gone
     */
    CompletionStage<Reply> send(HttpClient client, HttpRequest outgoing, Executor executor) {
        CompletableFuture<HttpResponse<Void>> sent = client.sendAsync(outgoing, this::begin);
        CompletableFuture<?> unused = sent.whenComplete((response, failure) -> {
            if (failure != null) {
                fail(failure);
            }
        });
        CompletionStage<Void> ignored = request.over()
                .thenRunAsync(
                        () -> {
                            if (end(Ending.TIMEOUT)) {
                                cancel();
                                sent.cancel(true);
                            }
                        },
                        executor);
        return reply;
    }

    private HttpResponse.BodySubscriber<Void> begin(HttpResponse.ResponseInfo info) {
        ReplyHead arrived = new ReplyHead(
                info.statusCode(),
                info.headers().map().entrySet().stream()
                        .flatMap(header -> header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
                        .toList());
        synchronized (this) {
            head = arrived;
            headMillis = elapsed();
        }
        return this;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        synchronized (this) {
            subscription = begun;
        }
        if (isComplete()) {
            end(Ending.COMPLETE);
        }
        reply.complete(relayed());
        begun.request(1);
    }

    private Reply relayed() {
        ReplyHead passed = new ReplyHead(
                head.status(),
                head.headers().stream()
                        .filter(header -> passes(header.getKey()))
                        .toList());
        return Reply.of(
                passed,
                isBodiless() ? ReplyBody.of(ReplyBody.Framing.LENGTH, List.of()) : ReplyBody.of(head.framing(), body));
    }

    private void demand() {
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> arrived) {
        List<byte[]> copies = arrived.stream().map(RelayedCall::copy).toList();
        synchronized (this) {
            for (byte[] copy : copies) {
                length += copy.length;
                if (copy.length > 0 && length <= RequestContent.KEPT) {
                    pieces.add(new Piece(elapsed(), new String(copy, ISO_8859_1)));
                }
            }
        }
        if (isComplete()) {
            end(Ending.COMPLETE);
        }
        body.add(copies);
    }

    /** Whether the caller knows that nothing follows, before the client of the service says so. */
    private synchronized boolean isComplete() {
        return isBodiless()
                || head.headers().stream()
                        .anyMatch(header -> header.getKey().equalsIgnoreCase("Content-Length")
                                && header.getValue().equals(Long.toString(length)));
    }

    private boolean isBodiless() {
        return head.status() == 204 || head.status() == 304;
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void onComplete() {
        end(Ending.COMPLETE);
        received.complete(null);
        body.end(null);
    }

    @Override
    public void onError(Throwable failure) {
        fail(failure);
        received.completeExceptionally(failure);
    }

    @Override
    public CompletionStage<Void> getBody() {
        return received;
    }

    /** Passes a failure on as what it is. No connection is not one of the service: it is told, and not recorded. */
    private void fail(Throwable failure) {
        List<Throwable> causes = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .toList();
        if (causes.stream().anyMatch(CancellationException.class::isInstance)) {
            return;
        }
        if (!reply.isDone() && causes.stream().anyMatch(RelayedCall::isUnconnected)) {
            synchronized (this) {
                over = true;
            }
            String reason = causes.get(causes.size() - 1).toString();
            reply.complete(Reply.error(502, "The simulator cannot connect to the service: " + reason));
            return;
        }
        Ending ending = Ending.of(causes);
        end(ending);
        reply.complete(Reply.nothing(ending.fault()));
        body.end(ending.fault());
    }

    private static boolean isUnconnected(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLException;
    }

    /** Records how the call ended. Returns false if it had ended before. */
    private boolean end(Ending ending) {
        Response response;
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            response = new Response(head, headMillis, List.copyOf(pieces), length, ending, elapsed());
        }
        recorder.accept(request, response);
        return true;
    }

    private synchronized void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private long elapsed() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.arrivedNanos());
    }
}
