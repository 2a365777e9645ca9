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
package io.github.camelstackai.operation;

import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.HttpTransport;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.http.ResponseCollector;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.ServiceUri;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;

/**
 * The token that the service gives for user name and password (OAuth 2.0, RFC 6749, section 4.3). It is asked for when a
 * call needs it, once for all calls that wait for it, and kept until it is about to expire or is refused. No failure is
 * kept: the next call asks again.
 */
public final class PasswordSignIn implements Credential {
    private static final String CALL = "The StackAI token request";
    private static final int MAX_SIZE = 64 * 1024;
    /** Calls join a request for a token that is under way, so one that is stuck must not be under way for long. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final HttpTransport transport;
    private final Json json;
    private final CallTimeouts timeouts;
    private final OutboundRequest request;
    private final Mask mask;
    private final Refusal refusal;
    /** The last request for a token, under way or answered; null before the first. */
    private final AtomicReference<CompletableFuture<AccessToken>> last = new AtomicReference<>();

    /** @param tokenUrl absolute, or relative to the base URL of {@code options} */
    public PasswordSignIn(
            HttpTransport transport,
            Json json,
            StackAiConfiguration options,
            String tokenUrl,
            String username,
            String password) {
        this.transport = transport;
        this.json = json;
        Duration limit = shortest(MAX_WAIT, shortest(options.getResponseTimeout(), options.getTotalTimeout()));
        this.timeouts = new CallTimeouts(limit, limit, limit.multipliedBy(2));
        this.request = request(tokenUri(options.getBaseUrl(), tokenUrl), username, password);
        this.mask = Mask.of(password, username);
        this.refusal = new Refusal(options, json, PasswordSignIn::advice);
    }

    /**
     * Where tokens are asked for.
     *
     * @param tokenUrl absolute, or relative to {@code baseUrl} as if that ended in a slash
     * @throws IllegalArgumentException when that is no http or https URL with at most a path
     */
    public static URI tokenUri(String baseUrl, String tokenUrl) {
        URI uri = URI.create(ServiceUri.base(baseUrl) + "/").resolve(ServiceUri.parse(tokenUrl.strip()));
        ServiceUri.base(uri.toString());
        return uri;
    }

    /** The shorter of two limits, of which zero is none. */
    private static Duration shortest(Duration one, Duration other) {
        return other.isZero() || (!one.isZero() && one.compareTo(other) < 0) ? one : other;
    }

    private static OutboundRequest request(URI uri, String username, String password) {
        String form = "grant_type=password&username=" + encode(username) + "&password=" + encode(password);
        return new OutboundRequest(
                "POST",
                uri,
                List.of(Requests.ACCEPT, Map.entry("Content-Type", "application/x-www-form-urlencoded")),
                form.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public CompletionStage<String> token(String refused) {
        CompletableFuture<AccessToken> current = last.get();
        if (serves(current, refused)) {
            return current.thenApply(AccessToken::value);
        }
        CompletableFuture<AccessToken> next = new CompletableFuture<>();
        CompletableFuture<AccessToken> found = last.compareAndExchange(current, next);
        if (found != current) {
            return found.thenApply(AccessToken::value); // another call asked at the same moment
        }
        try {
            ask(next);
        } catch (RuntimeException e) {
            next.completeExceptionally(e);
        }
        return next.thenApply(AccessToken::value);
    }

    private static boolean serves(CompletableFuture<AccessToken> current, String refused) {
        if (current == null || current.isCompletedExceptionally()) {
            return false;
        }
        AccessToken token = current.getNow(null);
        return token == null || (!token.value().equals(refused) && token.isFresh(System.nanoTime()));
    }

    private void ask(CompletableFuture<AccessToken> answer) {
        long asked = System.nanoTime();
        ResponseCollector collector = new ResponseCollector(MAX_SIZE, Refusal.MAX_BODY);
        CompletionStage<CollectedResponse> came = collector.response();
        came.whenComplete((response, failure) -> {
            try {
                if (failure == null) {
                    answer.complete(read(response, asked));
                } else {
                    answer.completeExceptionally(failure);
                }
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        transport.send(request, timeouts, collector);
    }

    private AccessToken read(CollectedResponse response, long asked) throws StackAiResponseException, RefusedException {
        if (!response.head().successful()) {
            throw new RefusedException(response);
        }
        AccessToken token = AccessToken.of(response, json, asked);
        if (token == null) {
            // what came is not shown: it may hold a token all the same
            throw new StackAiResponseException(
                    CALL + " (" + request + ") was answered with HTTP status "
                            + response.head().status()
                            + ", but not with JSON that holds an access_token; check tokenUrl",
                    null,
                    null);
        }
        return token;
    }

    @Override
    public boolean renewable() {
        return true;
    }

    @Override
    public Exception failure(Throwable cause, Exchange exchange) {
        if (cause instanceof RefusedException refused) {
            return refusal.exception(refused.response, CALL, request.uri(), mask, exchange);
        }
        if (cause instanceof StackAiResponseException unreadable) {
            return new StackAiResponseException(unreadable.getMessage(), null, unreadable);
        }
        return cause instanceof IOException io
                ? ofWire(io)
                : new IllegalStateException(CALL + " failed: " + cause, cause);
    }

    /** The same kind of failure, so that {@code onException} finds it, with what it was that failed. */
    private static IOException ofWire(IOException cause) {
        String message = CALL + " failed: " + cause.getMessage();
        IOException failure = cause instanceof ConnectException
                ? new ConnectException(message)
                : cause instanceof SocketTimeoutException
                        ? new SocketTimeoutException(message)
                        : cause instanceof UnknownHostException
                                ? new UnknownHostException(message)
                                : new IOException(message);
        failure.initCause(cause);
        return failure;
    }

    private static String advice(int status) {
        return switch (status) {
            case 400, 401, 403, 422 -> "; check username and password";
            case 404, 405 -> "; check tokenUrl";
            default -> Refusal.advice(status);
        };
    }

    /** The service gave no token; what each waiting call is told is made of the response. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient CollectedResponse response;

        RefusedException(CollectedResponse response) {
            super(CALL + " was refused", null, false, false);
            this.response = response;
        }
    }
}
