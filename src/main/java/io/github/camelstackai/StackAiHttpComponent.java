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

import io.github.camelstackai.http.apache.TransportSettings;
import io.github.camelstackai.protocol.ServiceAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * The options of the component's HTTP client: connections, TLS and proxy. They apply to all endpoints, and take effect when the
 * component starts. Not thread-safe.
 */
public abstract class StackAiHttpComponent extends CheckedComponent implements SSLContextParametersAware {
    @Metadata(
            javaType = "java.time.Duration",
            defaultValue = "10s",
            label = "advanced",
            description =
                    "Maximum time for each step of connecting: DNS lookup, TCP connection with TLS handshake, and proxy"
                            + " tunnel. In milliseconds or as a duration such as 30s.")
    private Duration connectTimeout = Duration.ofSeconds(10);

    @Metadata(
            defaultValue = "1000",
            label = "advanced",
            description =
                    "Maximum number of open connections, over all hosts. Each call in flight uses one connection.")
    private int maxConnections = 1000;

    @Metadata(
            javaType = "java.time.Duration",
            defaultValue = "3m",
            label = "advanced",
            description =
                    "Maximum time to wait for a free connection when all are in use, in milliseconds or as a duration"
                            + " such as 30s; 0 means no limit.")
    private Duration connectionRequestTimeout = Duration.ofMinutes(3);

    @Metadata(
            javaType = "java.time.Duration",
            defaultValue = "60s",
            label = "advanced",
            description =
                    "Time after which an idle connection is closed, in milliseconds or as a duration such as 30s.")
    private Duration connectionIdleTimeout = Duration.ofSeconds(60);

    @Metadata(label = "security", description = "TLS settings, such as a custom trust store or a client certificate.")
    private SSLContextParameters sslContextParameters;

    @Metadata(
            label = "security",
            defaultValue = "false",
            description = "Whether to use the TLS settings of the Camel context.")
    private boolean useGlobalSslContextParameters;

    @Metadata(label = "proxy", description = "Host name of the forward proxy.")
    private String proxyHost;

    @Metadata(label = "proxy", description = "Port of the forward proxy.")
    private Integer proxyPort;

    @Metadata(label = "proxy,security", secret = true, description = "User name for the forward proxy.")
    private String proxyUsername;

    @Metadata(label = "proxy,security", secret = true, description = "Password for the forward proxy.")
    private String proxyPassword;

    @Metadata(label = "advanced", description = "A bean that customises the HTTP client before it is built.")
    private StackAiHttpClientConfigurer httpClientConfigurer;

    StackAiHttpComponent() {}

    /** @throws IllegalArgumentException if one of these options has a value that cannot be used */
    void checkHttpOptions() {
        OptionChecks.positive("connectTimeout", connectTimeout);
        OptionChecks.atLeast("maxConnections", maxConnections, 1);
        OptionChecks.notNegative("connectionRequestTimeout", connectionRequestTimeout);
        OptionChecks.positive("connectionIdleTimeout", connectionIdleTimeout);
        OptionChecks.proxy(proxyHost, proxyPort, proxyUsername, proxyPassword);
    }

    /** The settings of the HTTP client. */
    TransportSettings transportSettings() throws Exception {
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
                        : new TransportSettings.Proxy(
                                ServiceAddress.host(proxyHost), proxyPort, proxyUsername, proxyPassword),
                httpClientConfigurer == null ? null : httpClientConfigurer::configure);
    }

    /** The credentials for the proxy in the forms in which requests carry them; empty for none. */
    List<String> proxyCredentials() {
        if (proxyPassword == null) {
            return List.of();
        }
        byte[] basic = (proxyUsername + ":" + proxyPassword).getBytes(StandardCharsets.UTF_8);
        return List.of(proxyPassword, Base64.getEncoder().encodeToString(basic));
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

    public StackAiHttpClientConfigurer getHttpClientConfigurer() {
        return httpClientConfigurer;
    }

    public void setHttpClientConfigurer(StackAiHttpClientConfigurer httpClientConfigurer) {
        this.httpClientConfigurer = httpClientConfigurer;
    }
}
