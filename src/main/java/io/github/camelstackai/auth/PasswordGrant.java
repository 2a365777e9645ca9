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
package io.github.camelstackai.auth;

import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.failure.RefusedCall;
import io.github.camelstackai.http.CallTimeouts;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.HttpTransport;
import io.github.camelstackai.http.OutboundRequest;
import io.github.camelstackai.http.RequestBody;
import io.github.camelstackai.http.ResponseCollector;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;

/**
 * Tokens by the OAuth 2.0 password grant (RFC 6749, section 4.3). A token is requested when a call needs it, once for all calls
 * that wait, and kept until it is about to expire or is refused. Failures are not kept: the next call requests a token again.
 */
public final class PasswordGrant implements Credential {
    private static final String CALL = "The StackAI token request";
    private static final int MAX_SIZE = 64 * 1024;
    /** Concurrent calls share one token request, so it gets a short timeout of its own. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    /** Creates the exceptions that {@code onException} distinguishes, the more special ones first. */
    private static final Map<Class<? extends IOException>, Function<String, IOException>> KINDS = kinds();

    private final HttpTransport transport;
    private final CallTimeouts timeouts;
    private final OutboundRequest request;
    private final CallDescription call;
    private final HttpErrorMapper errors;
    /** The last token request, pending or answered; null before the first. */
    private final AtomicReference<CompletableFuture<AccessToken>> last = new AtomicReference<>();

    /**
     * @param timeouts of calls; a token request takes no longer than one of them
     * @param errors maps a refused token request
     */
    public PasswordGrant(
            HttpTransport transport,
            URI tokenUri,
            String username,
            String password,
            CallTimeouts timeouts,
            HttpErrorMapper errors) {
        this.transport = transport;
        Duration limit = shorter(MAX_WAIT, shorter(timeouts.response(), timeouts.total()));
        this.timeouts = new CallTimeouts(limit, limit, limit.multipliedBy(2));
        this.request = request(tokenUri, username, password);
        this.call = new CallDescription(CALL, request.redactor());
        this.errors = errors;
    }

    private static Map<Class<? extends IOException>, Function<String, IOException>> kinds() {
        Map<Class<? extends IOException>, Function<String, IOException>> kinds = new LinkedHashMap<>();
        kinds.put(ConnectException.class, ConnectException::new);
        kinds.put(NoRouteToHostException.class, NoRouteToHostException::new);
        kinds.put(UnknownHostException.class, UnknownHostException::new);
        kinds.put(SocketTimeoutException.class, SocketTimeoutException::new);
        kinds.put(SSLHandshakeException.class, SSLHandshakeException::new);
        kinds.put(ProtocolException.class, ProtocolException::new);
        kinds.put(SocketException.class, SocketException::new);
        kinds.put(IOException.class, IOException::new);
        return kinds;
    }

    /** The shorter of two limits, where zero means no limit. */
    private static Duration shorter(Duration one, Duration other) {
        return other.isZero() || (!one.isZero() && one.compareTo(other) < 0) ? one : other;
    }

    private static OutboundRequest request(URI uri, String username, String password) {
        String form = "grant_type=password&username=" + encode(username) + "&password=" + encode(password);
        return new OutboundRequest(
                "POST",
                uri,
                "",
                List.of(
                        Map.entry("Accept", "application/json"),
                        Map.entry("Content-Type", "application/x-www-form-urlencoded")),
                RequestBody.of(form.getBytes(StandardCharsets.US_ASCII)),
                List.of(username, password));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public CompletionStage<String> token(String refused) {
        CompletableFuture<AccessToken> current = last.get();
        if (isReusable(current, refused)) {
            return current.thenApply(AccessToken::value);
        }
        CompletableFuture<AccessToken> next = new CompletableFuture<>();
        CompletableFuture<AccessToken> found = last.compareAndExchange(current, next);
        if (found != current) {
            return found.thenApply(AccessToken::value); // a concurrent call requested it
        }
        try {
            requestToken(next);
        } catch (Throwable e) { // also an Error: whoever waits for the token has to be notified
            next.completeExceptionally(e);
        }
        return next.thenApply(AccessToken::value);
    }

    private static boolean isReusable(CompletableFuture<AccessToken> current, String refused) {
        if (current == null || current.isCompletedExceptionally()) {
            return false;
        }
        AccessToken token = current.getNow(null);
        return token == null || (!token.value().equals(refused) && token.isFresh(System.nanoTime()));
    }

    @Override
    public boolean isCurrent(String token) {
        CompletableFuture<AccessToken> current = last.get(); // a call with a token is not the first
        AccessToken known = current.isCompletedExceptionally() ? null : current.getNow(null);
        return known != null && known.value().equals(token) && known.isFresh(System.nanoTime());
    }

    private void requestToken(CompletableFuture<AccessToken> token) {
        long requested = System.nanoTime();
        ResponseCollector collector = new ResponseCollector(
                MAX_SIZE,
                HttpErrorMapper.MAX_BODY,
                response -> complete(token, response, requested),
                (cause, sent) -> token.completeExceptionally(cause));
        transport.send(request, timeouts, collector);
    }

    private void complete(CompletableFuture<AccessToken> result, CollectedResponse response, long requested) {
        AccessToken token = response.head().successful() ? AccessToken.of(response, requested) : null;
        if (token != null) {
            result.complete(token);
        } else if (response.head().successful()) {
            result.completeExceptionally(unreadable(response.head().status()));
        } else {
            result.completeExceptionally(
                    new TokenRefusedException(new RefusedCall(response, call, request.url(), errors)));
        }
    }

    /** Without the response, which may hold a token all the same. */
    private StackAiResponseException unreadable(int status) {
        return new StackAiResponseException(
                CALL + " (" + request + ") was answered with HTTP status " + status
                        + ", but not with JSON that holds an access_token; check tokenUrl",
                null,
                null);
    }

    @Override
    public boolean canRefresh() {
        return true;
    }

    @Override
    public Exception failure(Throwable cause) {
        if (cause instanceof StackAiResponseException unreadable) {
            return new StackAiResponseException(unreadable.getMessage(), null, unreadable);
        }
        return cause instanceof IOException io
                ? copy(io)
                : new IllegalStateException(CALL + " failed: " + cause, cause);
    }

    /** The same kind of failure, so that {@code onException} matches it, with the token request in its message. */
    private static IOException copy(IOException cause) {
        IOException failure = KINDS.entrySet().stream()
                .filter(kind -> kind.getKey().isInstance(cause))
                .findFirst()
                .orElseThrow()
                .getValue()
                .apply(CALL + " failed: " + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }

    /** End of the message about a token request that was refused with {@code status}. */
    public static String advice(int status) {
        return switch (status) {
            case 400, 401, 403, 422 -> "; check username and password";
            case 404, 405 -> "; check tokenUrl";
            default -> HttpErrorMapper.advice(status);
        };
    }
}
