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

/** The options that the component and each endpoint have; the endpoint's win. Not thread-safe while it is being set. */
@UriParams
public class StackAiConfiguration implements Cloneable {
    @UriParam(
            label = "security",
            secret = true,
            description = "API key of the StackAI organisation, sent as bearer token.")
    private String apiKey;

    @UriParam(description = "Organisation that the flow belongs to. Required, here or by the header CamelStackAiOrgId.")
    private String orgId;

    @UriParam(
            defaultValue = "https://api.stack-ai.com",
            description = "Address of the service: http or https, with a path prefix where there is one.")
    private String baseUrl = "https://api.stack-ai.com";

    @UriParam(defaultValue = "in-0", description = "Input node that takes a body which is not an object of inputs.")
    private String input = "in-0";

    @UriParam(description = "Output node whose value becomes the body. Without it the sole output, or a map of all.")
    private String output;

    @UriParam(
            defaultValue = "output",
            enums = "output,outputs,full",
            description =
                    "What becomes the body: the value of the output, the map of all outputs, or the full response.")
    private StackAiResponse response = StackAiResponse.OUTPUT;

    @UriParam(
            description =
                    "The user_id sent where neither the header CamelStackAiUserId nor the body has one; it keys the flow's memory.")
    private String userId;

    @UriParam(
            label = "feedback,metadata",
            description =
                    "Feedback and metadata: the run that is meant, where the header CamelStackAiRunId names none.")
    private String runId;

    @UriParam(defaultValue = "-1", description = "Version of the flow; -1 is the latest published one.")
    private int version = -1;

    @UriParam(
            defaultValue = "true",
            description =
                    "Whether the service answers with the full model (run id, state, citations) and not with the outputs alone.")
    private boolean verbose = true;

    @UriParam(
            defaultValue = "false",
            label = "stream",
            description = "Stream: whether to run the draft of the flow and not the published version.")
    private boolean runDraft = false;

    @UriParam(
            defaultValue = "true",
            label = "stream",
            description = "Stream: whether each frame brings what is new, and not the text so far.")
    private boolean delta = true;

    @UriParam(
            defaultValue = "false",
            label = "stream",
            description = "Stream: whether the service puts a prefix before the output.")
    private boolean prefix = false;

    @UriParam(
            defaultValue = "false",
            label = "stream",
            description = "Stream: whether the service sends server-sent events and not JSON Lines; both are read.")
    private boolean sse = false;

    @UriParam(
            defaultValue = "false",
            label = "stream,security",
            description =
                    "Stream: whether to call as the signed-in user whose access token the header CamelStackAiAccessToken brings; without the header as the configured credential.")
    private boolean sso = false;

    @UriParam(
            defaultValue = "chunks",
            enums = "chunks,collect",
            label = "stream",
            description = "Stream: whether the body is a stream of chunks, or the output once the answer is complete.")
    private StackAiStreamMode streamMode = StackAiStreamMode.CHUNKS;

    @UriParam(
            defaultValue = "true",
            label = "stream",
            description =
                    "Stream: whether to send stream=true among the inputs as well; some flows stay silent without it.")
    private boolean streamFlag = true;

    @UriParam(
            defaultValue = "65536",
            label = "stream,advanced",
            description = "Stream: bytes held for a reader that is slower than the service.")
    private int streamBufferSize = 64 * 1024;

    @UriParam(
            javaType = "java.time.Duration",
            defaultValue = "10m",
            label = "advanced",
            description = "Longest time until the response head arrives, in milliseconds or as 30s; 0 is no limit.")
    private Duration responseTimeout = Duration.ofMinutes(10);

    @UriParam(
            javaType = "java.time.Duration",
            defaultValue = "2m",
            label = "advanced",
            description = "Longest silence inside a response body, in milliseconds or as 30s; 0 is no limit.")
    private Duration streamIdleTimeout = Duration.ofMinutes(2);

    @UriParam(
            javaType = "java.time.Duration",
            defaultValue = "0",
            label = "advanced",
            description = "Longest time for the whole call, body included, in milliseconds or as 30s; 0 is no limit.")
    private Duration totalTimeout = Duration.ZERO;

    @UriParam(
            defaultValue = "33554432",
            label = "advanced",
            description =
                    "Largest response of a run, collected stream or single frame of a stream that is read, in bytes.")
    private int maxResponseSize = 32 * 1024 * 1024;

    @UriParam(
            javaType = "java.time.Duration",
            defaultValue = "60s",
            label = "advanced",
            description = "Longest delay that the service's Retry-After may ask for, in milliseconds or as 30s.")
    private Duration maxRetryAfter = Duration.ofSeconds(60);

    /** A copy that can be changed without changing this one. */
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

    public boolean isRunDraft() {
        return runDraft;
    }

    public void setRunDraft(boolean runDraft) {
        this.runDraft = runDraft;
    }

    public boolean isDelta() {
        return delta;
    }

    public void setDelta(boolean delta) {
        this.delta = delta;
    }

    public boolean isPrefix() {
        return prefix;
    }

    public void setPrefix(boolean prefix) {
        this.prefix = prefix;
    }

    public boolean isSse() {
        return sse;
    }

    public void setSse(boolean sse) {
        this.sse = sse;
    }

    public boolean isSso() {
        return sso;
    }

    public void setSso(boolean sso) {
        this.sso = sso;
    }

    public StackAiStreamMode getStreamMode() {
        return streamMode;
    }

    public void setStreamMode(StackAiStreamMode streamMode) {
        this.streamMode = streamMode;
    }

    public boolean isStreamFlag() {
        return streamFlag;
    }

    public void setStreamFlag(boolean streamFlag) {
        this.streamFlag = streamFlag;
    }

    public int getStreamBufferSize() {
        return streamBufferSize;
    }

    public void setStreamBufferSize(int streamBufferSize) {
        this.streamBufferSize = streamBufferSize;
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
