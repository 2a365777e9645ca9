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

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicServerExchangeHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.http2.ssl.H2ServerTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the component trusts, and which protocol it agrees on. */
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static Path good;
    private static Path otherHost;

    @BeforeAll
    static void makeCertificates() throws Exception {
        good = certificate("good", "dns:localhost,ip:127.0.0.1");
        otherHost = certificate("other", "dns:example.com,ip:10.0.0.1");
    }

    private static Path certificate(String name, String alternativeNames) throws Exception {
        Path store = folder.resolve(name + ".p12");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + alternativeNames,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
        return store;
    }

    private static SSLContext server(Path store) throws Exception {
        return SSLContexts.custom()
                .loadKeyMaterial(KeyStore.getInstance(store.toFile(), PASSWORD), PASSWORD)
                .build();
    }

    private static SSLContextParameters trusting(Path store) {
        KeyStoreParameters keys = new KeyStoreParameters();
        keys.setResource("file:" + store);
        keys.setPassword(new String(PASSWORD));
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(keys);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    private static Exchange run(String baseUrl, SSLContextParameters own, SSLContextParameters global)
            throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setSSLContextParameters(global);
            StackAiComponent component = new StackAiComponent();
            component.getConfiguration().setBaseUrl(baseUrl);
            component.getConfiguration().setApiKey("sim-key");
            component.getConfiguration().setOrgId("sim-org");
            component.setSslContextParameters(own);
            component.setUseGlobalSslContextParameters(global != null);
            context.addComponent("stackai", component);
            context.start();
            return context.createProducerTemplate()
                    .request("stackai:run:f", e -> e.getMessage().setBody("q"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trustedServiceIsCalled(boolean global) throws Exception {
        try (StackAiSimulator stackAi =
                StackAiSimulator.builder().tls(server(good)).start()) {
            SSLContextParameters trust = trusting(good);
            Exchange exchange = run(stackAi.baseUrl(), global ? null : trust, global ? trust : null);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("Answer to: q");
        }
    }

    @Test
    void unknownAuthorityIsRefused() throws Exception {
        try (StackAiSimulator stackAi =
                StackAiSimulator.builder().tls(server(good)).start()) {
            assertThat(run(stackAi.baseUrl(), null, null).getException()).isInstanceOf(SSLException.class);
            assertThat(stackAi.requestCount()).isZero();
        }
    }

    @Test
    void certificateForAnotherHostIsRefused() throws Exception {
        try (StackAiSimulator stackAi =
                StackAiSimulator.builder().tls(server(otherHost)).start()) {
            assertThat(run(stackAi.baseUrl(), trusting(otherHost), null).getException())
                    .isInstanceOf(SSLException.class);
            assertThat(stackAi.requestCount()).as("the credential stays here").isZero();
        }
    }

    private static AsyncServerRequestHandler<Message<HttpRequest, String>> answer(
            AtomicReference<ProtocolVersion> spoken) {
        return new AsyncServerRequestHandler<>() {
            @Override
            public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
                    HttpRequest request, EntityDetails entity, HttpContext context) {
                return new BasicRequestConsumer<>(entity == null ? null : new StringAsyncEntityConsumer());
            }

            @Override
            public void handle(Message<HttpRequest, String> request, ResponseTrigger trigger, HttpContext context)
                    throws HttpException, IOException {
                spoken.set(HttpCoreContext.cast(context).getProtocolVersion());
                trigger.submitResponse(
                        AsyncResponseBuilder.create(200)
                                .setEntity("{\"outputs\":{\"out-0\":\"over h2\"}}", ContentType.APPLICATION_JSON)
                                .build(),
                        context);
            }
        };
    }

    @Test
    void http2IsSpokenWhereTheServiceOffersIt() throws Exception {
        AtomicReference<ProtocolVersion> spoken = new AtomicReference<>();
        HttpAsyncServer server = H2ServerBootstrap.bootstrap()
                .setVersionPolicy(HttpVersionPolicy.NEGOTIATE)
                .setTlsStrategy(new H2ServerTlsStrategy(server(good)))
                .register("*", () -> new BasicServerExchangeHandler<>(answer(spoken)))
                .create();
        server.start();
        ListenerEndpoint endpoint = server.listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), URIScheme.HTTPS)
                .get();
        try {
            int port = ((InetSocketAddress) endpoint.getAddress()).getPort();
            Exchange exchange = run("https://localhost:" + port, trusting(good), null);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("over h2");
            assertThat(spoken).hasValue(HttpVersion.HTTP_2);
        } finally {
            server.close(CloseMode.IMMEDIATE);
        }
    }
}
