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

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelstackai.simulator.RecordedCall.Piece;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/**
 * Passes calls on to the service, and records them. A body of a request is passed on whole, up to 16 MiB; that of a response
 * as it arrives, as fast as the caller reads it.
 */
final class RecordingRelay implements Answerer {
    private static final System.Logger LOG = System.getLogger(RecordingRelay.class.getName());
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** The client writes these itself. Without {@code Accept-Encoding} the service answers in text that can be read. */
    private static final Set<String> NOT_PASSED = Set.of("host", "content-length", "expect", "accept-encoding");

    private final StackAiSimulatorBuilder simulator;
    private final StackAiRecording recording;
    private final URI service;
    private final RecordingFile file;
    private final CallRequestReader reader;
    private final ExecutorService executor =
            Executors.newCachedThreadPool(new DefaultThreadFactory("stackai-simulator-relay", true));
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(executor)
            .build();

    RecordingRelay(StackAiSimulatorBuilder simulator, StackAiRecording settings, RecordingFile file) {
        this.simulator = simulator;
        this.recording = settings.copy();
        this.service = recording.baseUrl();
        this.file = file;
        this.reader = new CallRequestReader(simulator, recording);
    }

    @Override
    public CompletionStage<Reply> answer(RecordedRequest request) {
        if (request.bodyLength() > RequestContent.KEPT) {
            return CompletableFuture.completedStage(
                    Reply.error(413, "The simulator passes requests of up to 16 MiB on, and this one is larger"));
        }
        try {
            return new RelayedCall(request, this::record).send(client, outgoing(request), executor);
        } catch (IllegalArgumentException e) { // its message can have the key
            return CompletableFuture.completedStage(Reply.error(
                    400,
                    "The simulator cannot pass the request on: its path, the API key or the organisation of the account has a"
                            + " character that a request cannot have, such as the end of a line"));
        }
    }

    private HttpRequest outgoing(RecordedRequest request) {
        byte[] body = request.body();
        HttpRequest.Builder outgoing = HttpRequest.newBuilder(target(request))
                .method(
                        request.method(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        request.headers().stream()
                .filter(header -> RelayedCall.passes(header.getKey()))
                .filter(header -> !NOT_PASSED.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .forEach(header -> outgoing.header(header.getKey(), credential(header.getValue())));
        return outgoing.build();
    }

    private String credential(String header) {
        boolean own = recording.apiKey() != null && header.equals("Bearer " + simulator.apiKey);
        return own ? "Bearer " + recording.apiKey() : header;
    }

    /** The path below the address of the service, with the organisation of the account for that of the simulator. */
    private URI target(RecordedRequest request) {
        String[] raw = request.rawUri().split("\\?", 2);
        List<String> prefix = simulator.prefixSegments();
        List<String> all = List.of(raw[0].split("/", -1));
        List<String> path = all.subList(Math.min(prefix.size(), all.size()), all.size());
        ApiOperation operation = reader.operation(request);
        if (operation != null && recording.orgId() != null && simulator.orgId.equals(operation.org(path))) {
            path = operation.withOrg(path, encoded(recording.orgId()));
        }
        String query = raw.length == 1 ? "" : "?" + query(raw[1]);
        return URI.create(service + "/" + String.join("/", path) + query);
    }

    private String query(String query) {
        return recording.orgId() == null
                ? query
                : query.replaceAll(
                        "(?<=^|&)org=" + Pattern.quote(encoded(simulator.orgId)) + "(?=&|$)",
                        "org=" + encoded(recording.orgId()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private void record(RecordedRequest request, RelayedCall.Response response) {
        if (reader.operation(request) == null) {
            return;
        }
        if (response.length() > RequestContent.KEPT) {
            LOG.log(
                    Level.WARNING,
                    "The response to " + request.method() + " is larger than 16 MiB, and was not recorded");
            return;
        }
        if (response.head() != null
                && isEncoded(response.head())
                && !response.pieces().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "The response to " + request.method()
                            + " is compressed, so that secrets in it cannot be replaced, and was not recorded");
            return;
        }
        try {
            file.add(recorded(request, response));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A call was not recorded", e);
        }
    }

    private static boolean isEncoded(ReplyHead head) {
        return head.headers().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Content-Encoding")
                        && !header.getValue().strip().equalsIgnoreCase("identity"));
    }

    private RecordedCall recorded(RecordedRequest request, RelayedCall.Response response) {
        SecretFilter filter = reader.filter(request);
        return new RecordedCall(
                reader.read(request, filter),
                response.head() == null ? null : recorded(response.head(), filter),
                response.headMillis(),
                recorded(response.pieces(), filter),
                response.ending(),
                response.millis());
    }

    private ReplyHead recorded(ReplyHead head, SecretFilter filter) {
        ReplyHead kept = new ReplyHead(head.status(), List.of());
        for (var header : head.headers()) {
            boolean name = recording.masked && "Content-Disposition".equalsIgnoreCase(header.getKey());
            if (RecordedCall.isRecorded(header.getKey()) && !name) {
                kept = kept.with(header.getKey(), filter.text(header.getValue()));
            }
        }
        return kept;
    }

    private List<Piece> recorded(List<Piece> pieces, SecretFilter filter) {
        List<String> bytes = filter.bytes(pieces.stream().map(Piece::bytes).toList());
        String whole = String.join("", bytes);
        if (!recording.masked && StreamedTexts.of(whole).stream().anyMatch(text -> filter.finds(text.toString()))) {
            LOG.log(
                    Level.WARNING,
                    "A response has a credential or the organisation in parts, which cannot be replaced;"
                            + " the call was recorded without its body");
            return List.of();
        }
        String written = recording.masked ? TextMask.body(whole) : whole;
        List<Piece> recorded = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < pieces.size(); i++) {
            int to = from + bytes.get(i).length();
            recorded.add(new Piece(pieces.get(i).millis(), written.substring(from, to)));
            from = to;
        }
        return List.copyOf(recorded);
    }

    /** Waits until what has ended is written. The client closes its idle connections when it is garbage. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CONNECT_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
