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
package io.github.camelstackai;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.auth.PasswordGrant;
import io.github.camelstackai.auth.PendingTokens;
import io.github.camelstackai.auth.TokenProviderCredential;
import io.github.camelstackai.call.ClientRuntime;
import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.http.apache.ApacheTransport;
import io.github.camelstackai.http.apache.TransportSettings;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.protocol.ServiceUri;
import io.github.camelstackai.worker.RouteExecutors;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates {@code stackai:} endpoints; owns the HTTP client and the worker threads that they share. */
@Component("stackai")
public class StackAiComponent extends DefaultComponent implements SSLContextParametersAware {
    private static final Logger LOG = LoggerFactory.getLogger(StackAiComponent.class);

    @Metadata(description = "The options that endpoints start from.")
    private StackAiConfiguration configuration = new StackAiConfiguration();

    @Metadata(
            javaType = "java.time.Duration",
            defaultValue = "10s",
            label = "advanced",
            description = "Longest time until a connection stands, TLS included, in milliseconds or as 30s.")
    private Duration connectTimeout = Duration.ofSeconds(10);

    @Metadata(
            defaultValue = "1000",
            label = "advanced",
            description = "Connections open at once, and so calls in flight at once, over all hosts.")
    private int maxConnections = 1000;

    @Metadata(
            javaType = "java.time.Duration",
            defaultValue = "3m",
            label = "advanced",
            description =
                    "Longest wait for a free connection when all are in use, in milliseconds or as 30s; 0 is no limit.")
    private Duration connectionRequestTimeout = Duration.ofMinutes(3);

    @Metadata(
            javaType = "java.time.Duration",
            defaultValue = "60s",
            label = "advanced",
            description = "How long an unused connection is kept open, in milliseconds or as 30s.")
    private Duration connectionIdleTimeout = Duration.ofSeconds(60);

    @Metadata(
            label = "security",
            description = "TLS settings, such as a trust store of one's own or a client certificate.")
    private SSLContextParameters sslContextParameters;

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether to use the TLS settings of the Camel context.")
    private boolean useGlobalSslContextParameters;

    @Metadata(label = "proxy", description = "Host of a forward proxy.")
    private String proxyHost;

    @Metadata(label = "proxy", description = "Port of the forward proxy.")
    private Integer proxyPort;

    @Metadata(label = "proxy,security", secret = true, description = "User name at the forward proxy.")
    private String proxyUsername;

    @Metadata(label = "proxy,security", secret = true, description = "Password at the forward proxy.")
    private String proxyPassword;

    @Metadata(
            label = "security",
            secret = true,
            description = "User name for which the service gives a token (OAuth 2 password flow).")
    private String username;

    @Metadata(
            label = "security",
            secret = true,
            description = "Password for which the service gives a token (OAuth 2 password flow).")
    private String password;

    @Metadata(
            label = "security",
            defaultValue = "token",
            description = "Where tokens for username and password are asked for: absolute, or relative to baseUrl.")
    private String tokenUrl = "token";

    @Metadata(
            label = "security",
            description = "A bean that gives the tokens, from a vault or a sign-in flow of one's own.")
    private StackAiTokenProvider tokenProvider;

    @Metadata(label = "advanced", description = "A bean that changes the HTTP client before it is built.")
    private StackAiHttpClientConfigurer httpClientConfigurer;

    @Metadata(
            label = "advanced",
            autowired = true,
            description = "The Jackson mapper that writes POJOs and records as inputs. Without it the sole one of the"
                    + " registry, or a new one.")
    private ObjectMapper objectMapper;

    @Metadata(
            label = "advanced",
            description =
                    "The thread pool that goes on with the route when a run or collected stream has ended. It is not"
                            + " shut down. Without it one of up to 20 threads of the component.")
    private ExecutorService workerPool;

    private final ApacheTransport transport = new ApacheTransport();
    private final PendingTokens pendingTokens = new PendingTokens();
    private final AtomicReference<Credential> credential = new AtomicReference<>();
    /** Written once, before the first start. */
    private volatile ClientRuntime runtime;

    private final RouteExecutors executors = new RouteExecutors();
    private final PlainHttpWarning plainHttp = new PlainHttpWarning();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int colon = remaining.indexOf(':');
        StackAiOperation operation = operation(colon < 0 ? remaining : remaining.substring(0, colon));
        String flowId = colon < 0 ? null : remaining.substring(colon + 1);
        StackAiEndpoint endpoint = new StackAiEndpoint(uri, this, operation, flowId, configuration.copy());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static StackAiOperation operation(String name) {
        return Arrays.stream(StackAiOperation.values())
                .filter(operation -> operation.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("Unknown operation '" + name + "' in the URI of stackai; there is "
                                + Arrays.stream(StackAiOperation.values())
                                        .map(operation -> operation.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                + ", as in stackai:run:flowId"));
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        checkOptions();
        runtime = new ClientRuntime(
                transport,
                new Json(mapper()),
                this::credential,
                this::proxyCredentials,
                pendingTokens,
                task -> executors.execute(task, false));
    }

    private void checkOptions() {
        OptionChecks.check(configuration);
        OptionChecks.positive("connectTimeout", connectTimeout);
        OptionChecks.atLeast("maxConnections", maxConnections, 1);
        OptionChecks.notNegative("connectionRequestTimeout", connectionRequestTimeout);
        OptionChecks.positive("connectionIdleTimeout", connectionIdleTimeout);
        OptionChecks.proxy(proxyHost, proxyPort, proxyUsername, proxyPassword);
    }

    /** The credential of calls whose endpoint has no API key; null for none. Created from the options when first used. */
    Credential credential() {
        OptionChecks.credentials(configuration.getApiKey(), username, password, tokenProvider);
        if (credential.get() == null) {
            credential.compareAndSet(null, newCredential());
        }
        return credential.get();
    }

    /** As requests carry them. */
    private List<String> proxyCredentials() {
        if (proxyPassword == null) {
            return List.of();
        }
        byte[] basic = (proxyUsername + ":" + proxyPassword).getBytes(StandardCharsets.UTF_8);
        return List.of(proxyPassword, Base64.getEncoder().encodeToString(basic));
    }

    private Credential newCredential() {
        if (tokenProvider != null) {
            return new TokenProviderCredential(tokenProvider, task -> executors.execute(task, true));
        }
        if (username == null) {
            return null;
        }
        OptionChecks.tokenUrl(configuration.getBaseUrl(), tokenUrl);
        URI tokenUri = ServiceUri.tokenUri(configuration.getBaseUrl(), tokenUrl);
        plainHttp.check("tokenUrl", tokenUri.toString());
        return new PasswordGrant(
                transport,
                tokenUri,
                username,
                password,
                OperationFactory.timeouts(configuration),
                new HttpErrorMapper(runtime.json(), PasswordGrant::advice));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        checkOptions(); // they may have changed since
        credential.set(null);
        credential();
        executors.start(this, getCamelContext().getExecutorServiceManager(), workerPool);
        transport.start(settings());
        pendingTokens.open();
        // neither the start nor the first call waits for it
        getCamelContext().addStartupListener((context, alreadyStarted) -> executors.execute(this::prepare, false));
    }

    private void prepare() {
        try {
            runtime.json().prepare();
            transport.prepare();
        } catch (RuntimeException e) {
            LOG.warn("StackAI: preloading the HTTP client failed; the first call will retry", e);
        }
    }

    @Override
    protected void doStop() throws Exception {
        pendingTokens.close();
        transport.close();
        executors.stop(getCamelContext().getExecutorServiceManager());
        super.doStop();
    }

    /** What the endpoints share; available before the component starts. */
    ClientRuntime runtime() {
        return runtime;
    }

    PlainHttpWarning plainHttp() {
        return plainHttp;
    }

    /** The threads on which routes continue. */
    RouteExecutors executors() {
        return executors;
    }

    /** Number of calls sent and not ended; zero when stopped. */
    public int callsInFlight() {
        return transport.callsInFlight();
    }

    /** Number of connections that calls hold; zero when stopped. */
    public int leasedConnections() {
        return transport.leasedConnections();
    }

    /** The user's mapper; null for none. */
    private ObjectMapper mapper() {
        if (objectMapper != null) {
            return Json.isJson(objectMapper) ? objectMapper : null; // Camel injects the sole one, whatever it writes
        }
        if (!isAutowiredEnabled() || !getCamelContext().isAutowiredEnabled()) {
            return null;
        }
        List<ObjectMapper> mappers = getCamelContext().getRegistry().findByType(ObjectMapper.class).stream()
                .filter(Json::isJson)
                .toList();
        return mappers.size() == 1 ? mappers.get(0) : null;
    }

    private TransportSettings settings() throws Exception {
        SSLContextParameters tls =
                sslContextParameters == null ? retrieveGlobalSslContextParameters() : sslContextParameters;
        return new TransportSettings(
                connectTimeout,
                maxConnections,
                connectionRequestTimeout,
                connectionIdleTimeout,
                tls == null ? null : tls.createSSLContext(getCamelContext()),
                proxyHost == null
                        ? null
                        : new TransportSettings.Proxy(proxyHost, proxyPort, proxyUsername, proxyPassword),
                httpClientConfigurer == null ? null : httpClientConfigurer::configure);
    }

    public StackAiConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(StackAiConfiguration configuration) {
        this.configuration = configuration;
    }

    public Duration getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public int getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    public Duration getConnectionRequestTimeout() {
        return connectionRequestTimeout;
    }

    public void setConnectionRequestTimeout(Duration connectionRequestTimeout) {
        this.connectionRequestTimeout = connectionRequestTimeout;
    }

    public Duration getConnectionIdleTimeout() {
        return connectionIdleTimeout;
    }

    public void setConnectionIdleTimeout(Duration connectionIdleTimeout) {
        this.connectionIdleTimeout = connectionIdleTimeout;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public String getProxyUsername() {
        return proxyUsername;
    }

    public void setProxyUsername(String proxyUsername) {
        this.proxyUsername = proxyUsername;
    }

    public String getProxyPassword() {
        return proxyPassword;
    }

    public void setProxyPassword(String proxyPassword) {
        this.proxyPassword = proxyPassword;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getTokenUrl() {
        return tokenUrl;
    }

    public void setTokenUrl(String tokenUrl) {
        this.tokenUrl = tokenUrl;
    }

    public StackAiTokenProvider getTokenProvider() {
        return tokenProvider;
    }

    public void setTokenProvider(StackAiTokenProvider tokenProvider) {
        this.tokenProvider = tokenProvider;
    }

    public StackAiHttpClientConfigurer getHttpClientConfigurer() {
        return httpClientConfigurer;
    }

    public void setHttpClientConfigurer(StackAiHttpClientConfigurer httpClientConfigurer) {
        this.httpClientConfigurer = httpClientConfigurer;
    }

    public ObjectMapper getObjectMapper() {
        return objectMapper;
    }

    public void setObjectMapper(ObjectMapper objectMapper) {
        this.objectMapper = objectMapper;
    }

    public ExecutorService getWorkerPool() {
        return workerPool;
    }

    public void setWorkerPool(ExecutorService workerPool) {
        this.workerPool = workerPool;
    }
}
