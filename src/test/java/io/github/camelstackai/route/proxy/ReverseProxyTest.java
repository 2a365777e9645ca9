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
package io.github.camelstackai.route.proxy;

import static io.github.camelstackai.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.route.TestCertificate;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An nginx between the component and the service: TLS, buffers, time-outs and error pages. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReverseProxyTest {
    private static final String FRAME = "{\"outputs\":{\"out-0\":\"Hel\"}}\n";
    private static final String LAST = "{\"outputs\":{\"out-0\":\"lo\"},\"state\":\"COMPLETED\"}\n";
    private static final int CALLS_A_CONNECTION = 10;

    /** The settings of {@code docs/configuration.md}, "Behind a reverse proxy", and others for comparison. */
    private static final String LOCATIONS = """
            proxy_http_version 1.1;
            proxy_read_timeout 700ms;
            keepalive_requests %2$d;
            location / {
                proxy_pass http://127.0.0.1:%1$d/;
                proxy_buffering off;
                proxy_read_timeout 10m;
                client_max_body_size 32m;
            }
            location /buffering/ { proxy_pass http://127.0.0.1:%1$d/; proxy_read_timeout 10m; }
            location /impatient/ { proxy_pass http://127.0.0.1:%1$d/; proxy_buffering off; }
            location /down/ { proxy_pass http://127.0.0.1:1/; }
            """;

    @TempDir
    static Path folder;

    // Written once, before the first test.
    private static TestCertificate certificate;
    private static StackAiSimulator stackAi;
    private static Nginx nginx;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final StackAiComponent component = new StackAiComponent();
    private final ProducerTemplate template = context.createProducerTemplate();

    @BeforeAll
    static void startNginx() throws Exception {
        assumeTrue(Nginx.program().isPresent(), "nginx is not installed (apt-get install nginx)");
        stackAi = StackAiSimulator.start();
        certificate = TestCertificate.in(folder, "proxy", "dns:localhost");
        nginx = Nginx.start(folder, certificate.pem(), LOCATIONS.formatted(stackAi.port(), CALLS_A_CONNECTION));
    }

    @AfterAll
    static void stopNginx() {
        if (nginx != null) {
            nginx.close();
        }
        if (stackAi != null) {
            stackAi.close();
        }
    }

    @BeforeEach
    void start() {
        stackAi.reset();
        component.getConfiguration().setBaseUrl(nginx.baseUrl());
        component.getConfiguration().setApiKey(stackAi.apiKey());
        component.getConfiguration().setOrgId(stackAi.orgId());
        component.setSslContextParameters(certificate.trusted());
        context.addComponent("stackai", component);
        context.start();
    }

    @AfterEach
    void nothingIsLeft() {
        await("calls that have ended hold no connection").untilAsserted(() -> {
            assertThat(component.callsInFlight()).isZero();
            assertThat(component.leasedConnections()).isZero();
        });
        context.stop();
    }

    private Exchange send(String uri, Object body) {
        return template.request(uri, exchange -> exchange.getMessage().setBody(body));
    }

    private static String at(String path) {
        return "baseUrl=" + nginx.baseUrl() + path;
    }

    @Test
    void runUsesHttp11WhereNginxOffersHttp2() throws Exception {
        assertThat(template.requestBody("stackai:run:overHttp11", "q")).isEqualTo("Answer to: q");
        await("nginx has logged it").until(() -> nginx.requests()
                .contains("HTTP/1.1 200 /inference/v0/run/" + stackAi.orgId() + "/overHttp11"));
    }

    @Test
    void largeInputArrivesWhole() throws Exception {
        String large = "ü".repeat(4 << 20);
        assertThat(send("stackai:run:f", large).getException()).isNull();
        assertThat(stackAi.takeRequest(Duration.ofSeconds(10)).json()).containsEntry("in-0", large);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chunkArrivesWhenItIsWritten(boolean httpChunks) throws Exception {
        Reply begun = httpChunks ? Reply.chunks(FRAME) : Reply.chunks(FRAME).untilClose();
        stackAi.enqueue(begun.thenSilence());
        try (StackAiStream stream = template.requestBody("stackai:stream:f", "q", StackAiStream.class)) {
            assertThat(stream.next().text()).isEqualTo("Hel");
        }
        await("the service sees that the reader has closed the stream").until(() -> stackAi.abortedRequests() == 1);
    }

    /** The service ends its answer with the connection, as in HTTP/1.0; nginx passes HTTP chunks on as they arrive. */
    @Test
    void buffersDelayABodyWithoutHttpChunks() throws Exception {
        stackAi.enqueue(Reply.chunks(FRAME).untilClose().thenSilence());
        assertThat(send("stackai:stream:f?responseTimeout=500&" + at("/buffering"), "q")
                        .getException())
                .as("the head waits for the body")
                .isInstanceOf(SocketTimeoutException.class);
        stackAi.enqueue(Reply.chunks(FRAME, LAST).untilClose());
        assertThat(template.requestBody("stackai:stream:f?streamMode=collect&" + at("/buffering"), "q"))
                .as("the whole body arrives at its end")
                .isEqualTo("Hello");
    }

    @Test
    void headerOfTheServiceTurnsBuffersOff() throws Exception {
        stackAi.enqueue(Reply.chunks(FRAME)
                .untilClose()
                .header("X-Accel-Buffering", "no")
                .thenSilence());
        try (StackAiStream stream =
                template.requestBody("stackai:stream:f?" + at("/buffering"), "q", StackAiStream.class)) {
            assertThat(stream.next().text()).isEqualTo("Hel");
        }
    }

    @Test
    void unreachableServiceIsARetryable502() {
        assertPage(send("stackai:run:f?" + at("/down"), "q"), 502, "502 Bad Gateway", true);
        assertPage(send("stackai:stream:f?" + at("/down"), "q"), 502, "502 Bad Gateway", true);
    }

    @Test
    void slowServiceIsARetryable504() {
        stackAi.enqueue(Reply.never(), Reply.never());
        assertPage(send("stackai:run:f?" + at("/impatient"), "q"), 504, "504 Gateway Time-out", true);
        assertPage(send("stackai:stream:f?" + at("/impatient"), "q"), 504, "504 Gateway Time-out", true);
    }

    @Test
    void inputBeyondTheLimitOfNginxIsA413() {
        String large = "x".repeat(8 << 20); // nginx answers before it has read the request
        assertPage(send("stackai:run:f?" + at("/impatient"), large), 413, "413 Request Entity Too Large", false);
        assertThat(stackAi.requestCount()).isZero();
    }

    private static void assertPage(Exchange exchange, int status, String title, boolean retryable) {
        assertThat(exchange.getException()).isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(status);
            assertThat(e.isRetryable()).isEqualTo(retryable);
            assertThat(e.getDetail()).isNull();
            assertThat(e.getResponseBody()).contains("<title>" + title + "</title>");
            assertThat(e.getMessage()).contains(Integer.toString(status), title);
        });
    }

    @Test
    void streamIsTruncatedByTheReadTimeoutOfNginx() throws Exception {
        stackAi.enqueue(Reply.chunks(FRAME).thenSilence());
        StackAiStream stream = template.requestBody("stackai:stream:f?" + at("/impatient"), "q", StackAiStream.class);
        assertThat(stream.next().text()).isEqualTo("Hel");
        assertThatThrownBy(stream::next).isInstanceOfSatisfying(StackAiStreamException.class, e -> {
            assertThat(e.getReason()).isEqualTo(StackAiStreamException.Reason.TRUNCATED);
            assertThat(e.getText()).isEqualTo("Hel");
        });
    }

    /** nginx closes a connection after a number of requests. */
    @Test
    void eachRunIsMadeOnceWhereNginxClosesConnections() {
        int runs = 20 * CALLS_A_CONNECTION;
        component.setMaxConnections(8);
        List<CompletableFuture<Object>> answers = IntStream.range(0, runs)
                .mapToObj(i -> template.asyncRequestBody("stackai:run:f", "q" + i))
                .toList();
        for (int i = 0; i < runs; i++) {
            assertThat(answers.get(i).join()).isEqualTo("Answer to: q" + i);
        }
        assertThat(stackAi.requests())
                .extracting(RecordedRequest::json)
                .doesNotHaveDuplicates()
                .hasSize(runs);
    }
}
