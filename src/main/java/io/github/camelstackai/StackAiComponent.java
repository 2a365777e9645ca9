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
import io.github.camelstackai.auth.PendingTokens;
import io.github.camelstackai.call.ClientRuntime;
import io.github.camelstackai.stream.ChunkTargets;
import io.github.camelstackai.worker.RouteExecutors;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates {@code stackai:} endpoints. Owns the HTTP client and the worker threads that they share.
 *
 * <p>Set the options before the context starts; later changes have no effect on endpoints that exist. The setters are not
 * thread-safe.
 */
@Component("stackai")
public class StackAiComponent extends StackAiManagedComponent {
    private static final Logger LOG = LoggerFactory.getLogger(StackAiComponent.class);

    @Metadata(description = "The options that each endpoint starts with.")
    private StackAiConfiguration configuration = new StackAiConfiguration();

    @Metadata(
            label = "security",
            secret = true,
            description = "User name of the OAuth 2 password grant, by which the component requests access tokens.")
    private String username;

    @Metadata(
            label = "security",
            secret = true,
            description = "Password of the OAuth 2 password grant, by which the component requests access tokens.")
    private String password;

    @Metadata(
            label = "security",
            defaultValue = "token",
            description = "URL of the token endpoint for username and password: absolute, or relative to baseUrl.")
    private String tokenUrl = "token";

    @Metadata(
            label = "security",
            description = "A bean that supplies access tokens, for example from a vault or a custom sign-in flow.")
    private StackAiTokenProvider tokenProvider;

    @Metadata(
            label = "advanced",
            autowired = true,
            description =
                    "The Jackson ObjectMapper, for JSON, that serialises POJOs and records as inputs. If not set, the"
                            + " only one in the registry is used, or else a new one.")
    private ObjectMapper objectMapper;

    @Metadata(
            label = "advanced",
            description = "The thread pool that continues the route when a run or a collected stream has completed. The"
                    + " component does not shut it down. If not set, the component uses up to 20 threads of its own.")
    private ExecutorService workerPool;

    private final PendingTokens pendingTokens = new PendingTokens();
    private final AtomicReference<Credential> credential = new AtomicReference<>();
    private final RouteExecutors executors = new RouteExecutors();
    private final ChunkTargets chunkTargets = new ChunkTargets();
    private final PlainHttpWarning plainHttp = new PlainHttpWarning();
    /** Written once, before the first start. */
    private volatile ClientRuntime runtime;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int colon = remaining.indexOf(':');
        StackAiOperation operation = StackAiOperation.of(colon < 0 ? remaining : remaining.substring(0, colon));
        String flowId = colon < 0 ? null : remaining.substring(colon + 1);
        StackAiEndpoint endpoint = new StackAiEndpoint(uri, this, operation, flowId, configuration.copy());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        CamelJars.check(getCamelContext());
        checkOptions();
        runtime = new ClientRuntime(
                transport,
                JsonMapperLookup.json(this),
                this::credential,
                this::proxyCredentials,
                pendingTokens,
                task -> executors.execute(task, false),
                calls());
    }

    private void checkOptions() {
        OptionChecks.check(configuration);
        checkHttpOptions();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        checkOptions(); // again: they may have changed since initialisation
        credential.set(null);
        credential();
        executors.start(this, getCamelContext().getExecutorServiceManager(), workerPool);
        chunkTargets.start(this, getCamelContext());
        transport.start(transportSettings());
        pendingTokens.open();
        startObserving();
        getCamelContext().addStartupListener((context, alreadyStarted) -> preloadInBackground());
    }

    /** On a worker thread: neither the start nor the first call waits for it. */
    private void preloadInBackground() {
        try {
            executors.execute(this::preload, false);
        } catch (RejectedExecutionException e) {
            LOG.debug("StackAI: no thread to preload the HTTP client; the first call creates it", e);
        }
    }

    private void preload() {
        try {
            runtime.json().prepare();
            transport.prepare();
        } catch (RuntimeException e) {
            LOG.warn("StackAI: preloading the HTTP client failed; the first call will retry", e);
        }
    }

    @Override
    protected void doStop() throws Exception {
        stopObserving();
        pendingTokens.close();
        chunkTargets.stop();
        transport.close();
        executors.stop(getCamelContext().getExecutorServiceManager());
        super.doStop();
    }

    /**
     * The credential of calls whose endpoint has no API key, created from the options on first use; null if they name none.
     *
     * @throws IllegalArgumentException if the options name several credentials, or an incomplete one
     */
    Credential credential() {
        OptionChecks.credentials(configuration.getApiKey(), username, password, tokenProvider);
        if (credential.get() == null) {
            credential.compareAndSet(null, CredentialFactory.create(this));
        }
        return credential.get();
    }

    /** What calls share; null before the component is initialised. */
    ClientRuntime runtime() {
        return runtime;
    }

    /** The endpoints that receive chunks. */
    ChunkTargets chunkTargets() {
        return chunkTargets;
    }

    PlainHttpWarning plainHttp() {
        return plainHttp;
    }

    /** The threads on which routes continue. */
    RouteExecutors executors() {
        return executors;
    }

    public StackAiConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(StackAiConfiguration configuration) {
        this.configuration = configuration;
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
