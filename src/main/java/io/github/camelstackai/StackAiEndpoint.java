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

import io.github.camelstackai.observe.CallFigures;
import io.github.camelstackai.protocol.ServiceUri;
import io.github.camelstackai.runlog.RunLogReader;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;

/** Call AI flows that StackAI hosts, and consume their log of runs, without blocking a thread. */
@ManagedResource(description = "Managed StackAI endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "stackai",
        title = "StackAI",
        syntax = "stackai:operation:flowId",
        category = {Category.AI, Category.CLOUD},
        headersClass = StackAiConstants.class)
public class StackAiEndpoint extends StackAiPollEndpoint implements AsyncEndpoint, EndpointServiceLocation {
    @UriPath(enums = "run,stream,feedback,metadata,runs,documents,knowledge", description = "Operation to perform.")
    @Metadata(required = true)
    private final StackAiOperation operation;

    @UriPath(description = "Id of the flow. The header CamelStackAiFlowId overrides it.")
    private final String flowId;

    @UriParam
    private StackAiConfiguration configuration;

    /** @param flowId id of the flow; null if the URI names none */
    public StackAiEndpoint(
            String uri,
            StackAiComponent component,
            StackAiOperation operation,
            String flowId,
            StackAiConfiguration configuration) {
        super(uri, component);
        this.operation = operation;
        this.flowId = flowId;
        this.configuration = configuration;
    }

    @Override
    public StackAiComponent getComponent() {
        return (StackAiComponent) super.getComponent();
    }

    @Override
    public Producer createProducer() {
        StackAiComponent component = getComponent();
        OperationFactory factory = factory();
        component.health().add(component, configuration.getBaseUrl(), () -> factory.probe(flowId));
        return new StackAiProducer(this, factory.create(), factory.failures(), component.executors());
    }

    private OperationFactory factory() {
        StackAiComponent component = getComponent();
        return new OperationFactory(
                operation, configuration, flowId, component.runtime(), getCamelContext(), component.chunkTargets());
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (operation != StackAiOperation.RUNS) {
            throw new UnsupportedOperationException("stackai:" + name()
                    + " cannot be used in from, only stackai:runs: call the flow with"
                    + " to(\"stackai:" + name() + ":flowId\"), and start the route with the endpoint that triggers it,"
                    + " such as timer, kafka or file");
        }
        RunsFactory runs = factory().runs();
        Supplier<RunLogReader> readers = runs.readers();
        StackAiConsumer consumer = new StackAiConsumer(this, processor, () -> log(readers), runs.mapper());
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        OptionChecks.check(configuration);
        OptionChecks.segment("flowId", flowId);
        FileOptionChecks.fits(operation, flowId, configuration, getComponent().getConfiguration());
        OptionChecks.chunkUri(operation, configuration, getComponent().getConfiguration());
        getComponent().plainHttp().check("baseUrl", configuration.getBaseUrl());
    }

    /** @throws IllegalArgumentException if calls of this endpoint have no credential */
    void checkCredential() {
        if (configuration.getApiKey() == null && getComponent().credential() == null && !callsAsUser()) {
            throw new IllegalArgumentException(
                    "No credential for the stackai endpoint: set apiKey on the endpoint, or set apiKey, username and password,"
                            + " or tokenProvider on the component, as in camel.component.stackai.api-key");
        }
    }

    /** Whether each message may carry a credential. */
    private boolean callsAsUser() {
        return operation == StackAiOperation.STREAM && configuration.isSso();
    }

    private CallFigures figures() {
        return getComponent().calls().figures(operation, flowId);
    }

    @ManagedAttribute(description = "Calls of this operation and flow that have begun and not ended")
    public int getCallsInFlight() {
        return figures().inFlight();
    }

    @ManagedAttribute(description = "How long the oldest call in flight has taken so far, in milliseconds; 0 for none")
    public long getOldestCallMillis() {
        return figures().oldest().toMillis();
    }

    @ManagedAttribute(description = "Calls of this operation and flow that have ended")
    public long getCallsEnded() {
        return figures().ended();
    }

    @ManagedAttribute(description = "Calls of this operation and flow that have failed")
    public long getCallsFailed() {
        return figures().failed();
    }

    @ManagedAttribute(description = "Calls of this operation and flow that have failed, by kind")
    public Map<String, Long> getFailuresByKind() {
        return figures().failures();
    }

    @ManagedAttribute(description = "Time within which half of the streams had their first chunk, in milliseconds")
    public long getFirstChunkP50Millis() {
        return figures().firstChunk().p50().toMillis();
    }

    @ManagedAttribute(description = "Time within which 95 % of the streams had their first chunk, in milliseconds")
    public long getFirstChunkP95Millis() {
        return figures().firstChunk().p95().toMillis();
    }

    /** Returns the base URL of the service. */
    @Override
    public String getServiceUrl() {
        return ServiceUri.base(configuration.getBaseUrl()).toString();
    }

    /** Returns {@code http}, with and without TLS. */
    @Override
    public String getServiceProtocol() {
        return "http";
    }

    /** Returns {@code operation} and, if the URI names a flow, {@code flowId}. */
    @Override
    public Map<String, String> getServiceMetadata() {
        String name = name();
        return flowId == null ? Map.of("operation", name) : Map.of("operation", name, "flowId", flowId);
    }

    private String name() {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the operation; never null. */
    public StackAiOperation getOperation() {
        return operation;
    }

    /** Returns the id of the flow; null if the URI names none. */
    public String getFlowId() {
        return flowId;
    }

    /** Returns the options of this endpoint; producers copy them when they are created. */
    public StackAiConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(StackAiConfiguration configuration) {
        this.configuration = configuration;
    }
}
