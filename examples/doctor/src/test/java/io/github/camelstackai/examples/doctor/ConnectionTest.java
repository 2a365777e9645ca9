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
package io.github.camelstackai.examples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Names, ports, proxies, certificates, addresses and credentials that are wrong: the doctor names the step that fails. */
@Timeout(60)
class ConnectionTest {
    private static final String ORG = "sim-org";

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI =
            new StackAiSimulatorExtension(StackAiSimulator.builder().pathPrefix("/gateway"));

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() {
        Examined.prepare(service());
    }

    private static StackAiSimulator service() {
        return STACK_AI.simulator();
    }

    private Examined examine(String baseUrl, String key, String orgId) throws Exception {
        return Examined.of(Examined.target(baseUrl, key, orgId), folder);
    }

    private static void notExamined(Examined examined, Check check) {
        assertThat(examined.otherwise()).as(examined.terminal()).containsExactly(check);
        assertThat(examined.status()).isEqualTo(2);
        assertThat(examined.terminal()).contains("do: " + check.advice());
    }

    @Test
    void unknownHost() throws Exception {
        Examined examined = examine("https://no-such-host.invalid", "some-key", ORG);
        notExamined(examined, Check.DNS);
        assertThat(examined.terminal()).contains("in full: no-such-host.invalid has no address");
        assertThat(examined.report()).doesNotContain("no-such-host");
    }

    @Test
    void closedPort() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Examined examined = examine("http://127.0.0.1:" + port, "some-key", ORG);
        notExamined(examined, Check.TCP);
        assertThat(examined.terminal()).contains("port " + port + ": Connection refused");
    }

    @Test
    void wrongKey() throws Exception {
        Examined examined = examine(service().baseUrl(), "a-wrong-key", ORG);
        notExamined(examined, Check.CREDENTIAL);
        assertThat(examined.finding(Check.CREDENTIAL).seen()).isEqualTo("status 401");
        assertThat(examined.terminal() + examined.report()).doesNotContain("a-wrong-key");
    }

    @Test
    void refusalThatIsNoJsonIsNotOfTheService() throws Exception {
        service().script(request -> Reply.text("Log in").withStatus(403).contentType("text/html"));
        notExamined(Examined.of(Examined.target(service()), folder), Check.BASE_URL);
    }

    @Test
    void wrongPathPrefix() throws Exception {
        notExamined(examine(service().baseUrl() + "/v9", service().apiKey(), ORG), Check.BASE_URL);
    }

    @Test
    void serverThatIsNotHttp() throws Exception {
        service().script(request -> Reply.raw("SSH-2.0-OpenSSH_9.2\r\n"));
        notExamined(Examined.of(Examined.target(service()), folder), Check.BASE_URL);
    }

    @Test
    void wrongOrganisation() throws Exception {
        Examined examined = examine(service().baseUrl(), service().apiKey(), "wrong-org");
        assertThat(examined.otherwise()).as(examined.terminal()).containsExactly(Check.ORGANISATION);
        assertThat(examined.status()).isEqualTo(1);
        assertThat(examined.report()).doesNotContain("wrong-org");
    }

    @Test
    void wrongFlow() throws Exception {
        Target target =
                new Target(Examined.target(service()).base(), service().apiKey(), ORG, "wrong-flow", null, null);
        Examined examined = Examined.of(target, folder);
        assertThat(examined.otherwise()).as(examined.terminal()).containsExactly(Check.FLOW);
        assertThat(examined.terminal()).contains("in full: Flow not found");
        assertThat(examined.report()).doesNotContain("wrong-flow");
    }

    /** The service refuses the flow in the words in which it refuses an invented one, whatever they are. */
    @Test
    void refusedFlowIsComparedWithInventedOnes() throws Exception {
        Predicate<RecordedRequest> refused = Requests.metadata().or(Requests.inventedFlow());
        service()
                .script(request ->
                        refused.test(request) ? Reply.error(404, "This organization has no such project") : null);
        Examined examined = Examined.of(Examined.target(service()), folder);
        assertThat(examined.otherwise()).as(examined.terminal()).containsExactly(Check.FLOW);
    }

    @Test
    void busyComparisonSaysNothingOfTheFlow() throws Exception {
        service().script(request -> Requests.invented().test(request) ? Reply.error(503, "Later") : null);
        Examined examined = Examined.of(Examined.target(service()), folder);
        assertThat(examined.with(Verdict.UNKNOWN)).contains(Check.ORGANISATION, Check.FLOW);
        assertThat(examined.otherwise()).as(examined.terminal()).isEmpty();
    }

    @Test
    void slowService() throws Exception {
        service()
                .script(request ->
                        request.path().endsWith("/metadata") ? Reply.usual().after(Duration.ofMillis(120)) : null);
        Limits usual = Examined.LIMITS;
        Limits fast = new Limits(
                Duration.ofMillis(100),
                usual.clock(),
                usual.expiry(),
                usual.silence(),
                usual.logged(),
                usual.poll(),
                usual.burst(),
                usual.call(),
                usual.run());
        Examined examined =
                Examined.of(Examined.target(service()), Examined.examination(Examination.Paid.NONE), fast, folder);
        assertThat(examined.otherwise()).containsExactly(Check.LATENCY);
    }

    @Test
    void busyServiceIsNotJudged() throws Exception {
        service().script(request -> Reply.error(503, "Later").header("Retry-After", "2"));
        Examined examined = Examined.of(Examined.target(service()), folder);
        assertThat(examined.otherwise()).isEmpty();
        assertThat(examined.status()).isEqualTo(2);
        assertThat(examined.finding(Check.CREDENTIAL).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void proxyLetsPlainCallsPass() throws Exception {
        try (ForwardProxy proxy = new ForwardProxy(0, "ada:lovelace-1815")) {
            Examined examined = throughProxy(proxy, "ada:lovelace-1815");
            assertThat(examined.otherwise()).as(examined.terminal()).isEmpty();
            assertThat(examined.status()).isZero();
            assertThat(proxy.requestLines())
                    .allSatisfy(line -> assertThat(line).matches("(GET|POST) http://127\\.0\\.0\\.1:\\d+/gateway/.*"));
            assertThat(examined.terminal() + examined.report()).doesNotContain("lovelace-1815");
        }
    }

    @Test
    void proxyAsksForCredentials() throws Exception {
        try (ForwardProxy proxy = new ForwardProxy(0, "ada:lovelace-1815")) {
            Examined examined = throughProxy(proxy, "ada:wrong-password");
            notExamined(examined, Check.PROXY);
            assertThat(examined.finding(Check.PROXY).seen()).contains("407");
            assertThat(examined.terminal() + examined.report()).doesNotContain("wrong-password");
        }
    }

    private Examined throughProxy(ForwardProxy proxy, String authorization) throws Exception {
        return Examined.of(Examined.with(Examined.target(service()), proxy.address(authorization), null), folder);
    }

    @Test
    void proxyTunnelsAndRefuses() throws Exception {
        Certificate certificate = Certificate.in(folder, "localhost", "-validity", "30");
        try (StackAiSimulator service = secure(certificate);
                ForwardProxy open = new ForwardProxy(0, null);
                ForwardProxy closed = new ForwardProxy(403, null);
                ForwardProxy asking = new ForwardProxy(0, "ada:lovelace-1815")) {
            Target target = Examined.target(service);
            KeyStore trust = certificate.keys();
            Examined examined = Examined.of(Examined.with(target, open.address(""), trust), folder);
            assertThat(examined.otherwise()).as(examined.terminal()).isEmpty();
            assertThat(open.requestLines()).allMatch(line -> line.startsWith("CONNECT localhost:"));

            notExamined(Examined.of(Examined.with(target, closed.address(""), trust), folder), Check.PROXY);
            notExamined(Examined.of(Examined.with(target, asking.address(""), trust), folder), Check.PROXY);
        }
    }

    @Test
    void certificates() throws Exception {
        Certificate expired = Certificate.in(folder, "localhost", "-startdate", "-10d", "-validity", "5");
        try (StackAiSimulator service = secure(expired)) {
            Target target = Examined.target(service);
            Examined trusted = Examined.of(Examined.with(target, null, expired.keys()), folder);
            assertThat(trusted.otherwise()).as(trusted.terminal()).containsExactly(Check.TLS_EXPIRY);
            assertThat(trusted.finding(Check.TLS_EXPIRY).seen()).endsWith("not valid now");
            notExamined(Examined.of(target, folder), Check.TLS_EXPIRY);
        }
        Certificate unknown = Certificate.in(folder, "other.example", "-validity", "30");
        try (StackAiSimulator service = secure(unknown)) {
            Target target = Examined.target(service);
            notExamined(Examined.of(target, folder), Check.TLS_TRUST);
            Examined otherName = Examined.of(Examined.with(target, null, unknown.keys()), folder);
            notExamined(otherName, Check.TLS_TRUST);
            assertThat(otherName.report()).doesNotContain("localhost").doesNotContain("other.example");
        }
    }

    @Test
    void certificateThatExpiresSoon() throws Exception {
        Certificate soon = Certificate.in(folder, "localhost", "-validity", "2");
        try (StackAiSimulator service = secure(soon)) {
            Examined examined = Examined.of(Examined.with(Examined.target(service), null, soon.keys()), folder);
            assertThat(examined.otherwise()).as(examined.terminal()).containsExactly(Check.TLS_EXPIRY);
            assertThat(examined.status()).isEqualTo(1);
        }
    }

    @Test
    void httpWhereTlsIsExpected() throws Exception {
        String url = service().baseUrl().replace("http:", "https:");
        notExamined(examine(url, "some-key", ORG), Check.TLS_TRUST);
    }

    private static StackAiSimulator secure(Certificate certificate) throws Exception {
        StackAiSimulator service =
                StackAiSimulator.builder().tls(certificate.server()).start();
        Examined.prepare(service);
        return service;
    }
}
