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

import java.time.Duration;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/**
 * The options of an endpoint. Those of the component are the defaults of its endpoints. An option without a default is null if
 * it is not set. Not thread-safe.
 */
@UriParams
public class StackAiConfiguration extends StackAiFileConfiguration implements Cloneable {
    @UriParam(
            label = "security",
            secret = true,
            description = "API key of the StackAI organisation, sent as a bearer token.")
    private String apiKey;

    @UriParam(description = "Organisation that owns the flow. Required, unless the header CamelStackAiOrgId is set.")
    private String orgId;

    @UriParam(
            defaultValue = "https://api.stack-ai.com",
            description = "Base URL of the service: http or https, optionally with a path prefix.")
    private String baseUrl = "https://api.stack-ai.com";

    @UriParam(
            defaultValue = "in-0",
            description =
                    "Input node that receives the body, unless the body is an object that names the inputs itself.")
    private String input = "in-0";

    @UriParam(
            description =
                    "Output node whose value becomes the body. If not set, the only output is used, or a map of all"
                            + " outputs if there are several.")
    private String output;

    @UriParam(
            defaultValue = "output",
            enums = "output,outputs,full",
            description = "What becomes the body: the value of the output, a map of all outputs, or the full response.")
    private StackAiResponse response = StackAiResponse.OUTPUT;

    @UriParam(
            description =
                    "The user_id to send, unless the header CamelStackAiUserId or the body contains one. It keys the"
                            + " flow's memory.")
    private String userId;

    @UriParam(
            label = "feedback,metadata",
            description = "Feedback and metadata: id of the run, unless the header CamelStackAiRunId is set.")
    private String runId;

    @UriParam(defaultValue = "-1", description = "Version of the flow; -1 means the latest published version.")
    private int version = -1;

    @UriParam(
            defaultValue = "true",
            description = "Whether the service returns the full response (run id, state, citations) instead of only the"
                    + " outputs.")
    private boolean verbose = true;

    @UriParam(
            javaType = "java.time.Duration",
            defaultValue = "10m",
            label = "advanced",
            description =
                    "Maximum time from connection to response head, in milliseconds or as a duration such as 30s; 0"
                            + " means no limit.")
    private Duration responseTimeout = Duration.ofMinutes(10);

    @UriParam(
            javaType = "java.time.Duration",
            defaultValue = "2m",
            label = "advanced",
            description =
                    "Maximum time without data inside a response body, in milliseconds or as a duration such as 30s; 0"
                            + " means no limit.")
    private Duration streamIdleTimeout = Duration.ofMinutes(2);

    @UriParam(
            javaType = "java.time.Duration",
            defaultValue = "0",
            label = "advanced",
            description =
                    "Maximum time for the whole call, including the response body, in milliseconds or as a duration"
                            + " such as 30s; 0 means no limit.")
    private Duration totalTimeout = Duration.ZERO;

    @UriParam(
            defaultValue = "33554432",
            label = "advanced",
            description = "Maximum size in bytes of a response, of a collected stream, and of each frame of a stream.")
    private int maxResponseSize = 32 * 1024 * 1024;

    @UriParam(
            javaType = "java.time.Duration",
            defaultValue = "60s",
            label = "advanced",
            description =
                    "Maximum redelivery delay that the Retry-After header of a response can set, in milliseconds or as"
                            + " a duration such as 30s.")
    private Duration maxRetryAfter = Duration.ofSeconds(60);

    /** Returns an independent copy. */
    public StackAiConfiguration copy() {
        try {
            return (StackAiConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getApiKey() {
        return apiKey;
    }

    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getOrgId() {
        return orgId;
    }

    public void setOrgId(String orgId) {
        this.orgId = orgId;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public String getInput() {
        return input;
    }

    public void setInput(String input) {
        this.input = input;
    }

    public String getOutput() {
        return output;
    }

    public void setOutput(String output) {
        this.output = output;
    }

    public StackAiResponse getResponse() {
        return response;
    }

    public void setResponse(StackAiResponse response) {
        this.response = response;
    }

    public String getUserId() {
        return userId;
    }

    public void setUserId(String userId) {
        this.userId = userId;
    }

    public String getRunId() {
        return runId;
    }

    public void setRunId(String runId) {
        this.runId = runId;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }

    public boolean isVerbose() {
        return verbose;
    }

    public void setVerbose(boolean verbose) {
        this.verbose = verbose;
    }

    public Duration getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(Duration responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public Duration getStreamIdleTimeout() {
        return streamIdleTimeout;
    }

    public void setStreamIdleTimeout(Duration streamIdleTimeout) {
        this.streamIdleTimeout = streamIdleTimeout;
    }

    public Duration getTotalTimeout() {
        return totalTimeout;
    }

    public void setTotalTimeout(Duration totalTimeout) {
        this.totalTimeout = totalTimeout;
    }

    public int getMaxResponseSize() {
        return maxResponseSize;
    }

    public void setMaxResponseSize(int maxResponseSize) {
        this.maxResponseSize = maxResponseSize;
    }

    public Duration getMaxRetryAfter() {
        return maxRetryAfter;
    }

    public void setMaxRetryAfter(Duration maxRetryAfter) {
        this.maxRetryAfter = maxRetryAfter;
    }
}
