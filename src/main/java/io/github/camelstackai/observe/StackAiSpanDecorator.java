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
package io.github.camelstackai.observe;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiRunFailedException;
import java.net.URI;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractHttpSpanDecorator;

/**
 * Names the spans of calls, and sets their attributes. It shows no inputs, outputs, users or credentials: of the URI only
 * operation and flow, and of a failure only its class, since a message may repeat what was sent. Camel finds it by its service
 * file.
 *
 * <p>It extends the decorator of HTTP calls because Camel takes the span kind CLIENT from that class where it can.
 */
public class StackAiSpanDecorator extends AbstractHttpSpanDecorator {
    private static final String HTTP_PORT = "80";
    private static final String HTTPS_PORT = "443";

    @Override
    public String getComponent() {
        return "stackai";
    }

    @Override
    public String getComponentClassName() {
        return "io.github.camelstackai.StackAiComponent";
    }

    /** The operation and the flow that is called, such as {@code run triage}. */
    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        return identity(exchange, service(endpoint)).name();
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        EndpointServiceLocation service = service(endpoint);
        CallIdentity call = identity(exchange, service);
        span.setComponent("camel-stackai");
        span.setTag(TagConstants.EXCHANGE_ID, exchange.getExchangeId());
        span.setTag("camel.uri", withoutOptions(endpoint.getEndpointUri()));
        span.setTag("gen_ai.system", "stackai");
        span.setTag("gen_ai.operation.name", call.operation());
        tag(span, "stackai.flow.id", call.flowId());
        setServer(span, URI.create(service.getServiceUrl()));
        CallFacts.request(exchange);
    }

    private static CallIdentity identity(Exchange exchange, EndpointServiceLocation service) {
        return CallIdentity.of(exchange, service.getServiceMetadata(), CallFacts.UNKNOWN);
    }

    private static void setServer(Span span, URI url) {
        String authority = url.getRawAuthority(); // a URI has no host in a name with an underscore
        String port = authority.replaceFirst("^.*:(\\d+)$|^.*$", "$1");
        span.setTag("server.address", authority.replaceFirst(":\\d+$", ""));
        span.setTag("server.port", port.isEmpty() ? defaultPort(url) : port);
    }

    private static String defaultPort(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        CallFacts facts = CallFacts.take(exchange);
        if (facts.status() != null) {
            span.setTag("http.response.status_code", facts.status().toString());
        }
        Exception failure = exchange.getException();
        if (failure != null) {
            span.setError(true);
            span.setTag("error.type", failure.getClass().getName());
        }
        tag(span, "stackai.run.id", facts.redact(CallIdentity.header(exchange, StackAiConstants.RUN_ID)));
        tag(span, "stackai.run.state", facts.redact(state(exchange, failure)));
    }

    /** The state of the run that ended; the header of a failed call may be that of an earlier run. */
    private static String state(Exchange exchange, Throwable failure) {
        if (failure == null) {
            return CallIdentity.header(exchange, StackAiConstants.STATE);
        }
        Throwable reported = failure.getCause() == null ? failure : failure.getCause(); // of a stream it is the cause
        return reported instanceof StackAiRunFailedException run ? run.getState() : null;
    }

    private static void tag(Span span, String name, String value) {
        if (value != null) {
            span.setTag(name, value);
        }
    }

    private static String withoutOptions(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static EndpointServiceLocation service(Endpoint endpoint) {
        Endpoint called =
                endpoint instanceof InterceptSendToEndpoint intercepted ? intercepted.getOriginalEndpoint() : endpoint;
        return (EndpointServiceLocation) called;
    }
}
