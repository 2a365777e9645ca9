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

import io.github.camelstackai.JavaProcess;
import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls to hosts that {@link java.net.URI} does not know: names with an underscore, with letters beyond ASCII, of digits. */
class HostNameTest extends RouteTest {
    @TempDir
    static Path folder;

    /** Calls each URL, in a process whose name service knows the hosts, and prints what came of it. */
    public static final class Caller {
        public static void main(String[] urls) throws Exception {
            for (String url : urls) {
                try (DefaultCamelContext context = new DefaultCamelContext()) {
                    StackAiComponent stackai = new StackAiComponent();
                    stackai.getConfiguration().setBaseUrl(url);
                    stackai.getConfiguration().setApiKey("sim-key");
                    stackai.getConfiguration().setOrgId("sim-org");
                    stackai.setSslContextParameters(
                            new TestCertificate(Path.of(System.getProperty("store"))).trusted());
                    context.addComponent("stackai", stackai);
                    context.start();
                    Exchange exchange = context.createProducerTemplate()
                            .request("stackai:run:f", e -> e.getMessage().setBody("q"));
                    System.out.println("RESULT " + url.replaceAll(":\\d+.*", "") + " "
                            + (exchange.getException() == null
                                    ? exchange.getMessage().getBody()
                                    : exchange.getException().getClass().getSimpleName()));
                }
            }
        }
    }

    private static List<String> results(Path store, List<String> urls) throws Exception {
        Path hosts = Files.writeString(
                folder.resolve("hosts"), "127.0.0.1 stack_ai 3f2a1b9c xn--mnchen-3ya.example stack_ai.example\n");
        List<String> options = List.of(
                "-Djdk.net.hosts.file=" + hosts,
                "-Dstore=" + store,
                "-Dfile.encoding=UTF-8",
                "-Dsun.jnu.encoding=UTF-8");
        Process process = JavaProcess.of(options, Caller.class, urls.toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> results = new ArrayList<>();
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("RESULT "))
                .forEach(line -> results.add(line.substring(7)));
        return results;
    }

    @Test
    void everyHostThatIsLookedUpIsCalledAndComparedWithTheNameInItsCertificate() throws Exception {
        int port = stackAi().port();
        TestCertificate certificate = TestCertificate.in(folder, "idn", "dns:xn--mnchen-3ya.example,dns:*.example");
        try (StackAiSimulator service =
                StackAiSimulator.builder().tls(certificate.server()).start()) {
            List<String> urls = List.of(
                    "http://stack_ai:" + port,
                    "HTTP://stack_ai:" + port + "//",
                    "http://3f2a1b9c:" + port,
                    "http://xn--mnchen-3ya.example:" + port,
                    "https://xn--mnchen-3ya.example:" + service.port(),
                    "https://stack_ai.example:" + service.port(),
                    "https://stack_ai:" + service.port(),
                    "https://3f2a1b9c:" + service.port());
            assertThat(results(certificate.store(), urls))
                    .containsExactly(
                            "http://stack_ai Answer to: q",
                            "HTTP://stack_ai Answer to: q",
                            "http://3f2a1b9c Answer to: q",
                            "http://xn--mnchen-3ya.example Answer to: q",
                            "https://xn--mnchen-3ya.example Answer to: q",
                            "https://stack_ai.example Answer to: q",
                            "https://stack_ai SSLHandshakeException",
                            "https://3f2a1b9c SSLHandshakeException");
            assertThat(service.requestCount()).isEqualTo(2);
        }
        assertThat(stackAi().requests())
                .extracting(request -> request.header("Host"))
                .first()
                .isEqualTo("stack_ai:" + port);
        assertThat(stackAi().requests())
                .extracting(RecordedRequest::rawUri)
                .containsOnly("/inference/v0/run/sim-org/f");
    }

    /** A simulator takes the place of the proxy, which needs no name service. */
    @ParameterizedTest
    @CsvSource({
        "http://stack_ai:8000,/,stack_ai:8000",
        "http://stack_ai/prefix//,/prefix/,stack_ai",
        "http://münchen.example,/,xn--mnchen-3ya.example",
        "http://3f2a1b9c:8000,/,3f2a1b9c:8000",
        "http://[::1]:8000,/,[::1]:8000",
        "HTTP://Stack_AI:8000,/,Stack_AI:8000"
    })
    void proxyIsAskedForTheHost(String baseUrl, String prefix, String host) throws Exception {
        component.getConfiguration().setBaseUrl(baseUrl);
        component.setProxyHost("localhost");
        component.setProxyPort(stackAi().port());
        startRoute("stackai:run:f");
        send("q");
        RecordedRequest request = stackAi().requests().get(0);
        assertThat(request.rawUri()).isEqualTo(prefix + "inference/v0/run/sim-org/f");
        assertThat(request.header("Host")).isEqualTo(host);
    }

    @Test
    void tokensAreRequestedFromSuchAHost() throws Exception {
        component.getConfiguration().setApiKey(null);
        component.setUsername("me");
        component.setPassword("secret");
        component.setTokenUrl("http://sign_in:8080/token");
        component.setProxyHost("127.0.0.1");
        component.setProxyPort(stackAi().port());
        startRoute("stackai:run:f");
        send("q");
        RecordedRequest request = stackAi().requests().get(0);
        assertThat(request.rawUri()).isEqualTo("/token");
        assertThat(request.header("Host")).isEqualTo("sign_in:8080");
    }
}
