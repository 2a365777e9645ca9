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

import io.github.camelstackai.observe.DynamicFlow;
import io.github.camelstackai.text.Excerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.LRUCacheFactory;
import org.apache.camel.support.component.SendDynamicAwareSupport;

/**
 * Lets {@code toD("stackai:run:${header.flow}")} use one endpoint for all flows: the flow is passed in the header
 * {@code CamelStackAiFlowId}, which is removed after the call. If the message has that header already, the header wins, as it does
 * over any URI.
 *
 * <p>Rejects options that come from the message: {@code x?baseUrl=…} would send the credential to another host.
 */
@SendDynamic("stackai")
public class StackAiSendDynamicAware extends SendDynamicAwareSupport {
    private static final int FLOWS = 1000;

    /** A Simple expression that contains no other. */
    private static final Pattern EXPRESSION = Pattern.compile("\\$(simple)?\\{[^{}]*}");

    /** Whether the endpoint of a path is intercepted, for the flows that were used last. */
    private final Map<String, Boolean> intercepted = LRUCacheFactory.newLRUCache(FLOWS);

    /**
     * Unlike the superclass, does not call the URI factory: the generated factory lacks the method signature that Camel 4.14 calls.
     */
    @Override
    protected void doInit() {
        // does not need what the superclass reads
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    /** @throws IllegalArgumentException if the URI has an option that is not in the route but comes from the message */
    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) {
        List<String> options = options(uri);
        if (!options.isEmpty()) {
            options(literal(exchange, originalUri)).forEach(options::remove);
        }
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("toD: the message adds options to the stackai URI that are not in the"
                    + " route: " + Excerpt.of(options.toString())
                    + "; nothing was sent. Write the options in the route, and"
                    + " let the message name the flow in the header " + StackAiConstants.FLOW_ID);
        }
        return new DynamicAwareEntry(uri, originalUri, null, null);
    }

    /** The URI as the route has it, with each expression replaced by a letter. */
    private static String literal(Exchange exchange, String template) {
        String resolved = EndpointHelper.resolveEndpointUriPropertyPlaceholders(exchange.getContext(), template);
        for (String before = null; !resolved.equals(before); ) { // innermost expressions first
            before = resolved;
            resolved = EXPRESSION.matcher(before).replaceAll("x");
        }
        return resolved;
    }

    /** The names of the options of a URI, with duplicates. */
    private static List<String> options(String uri) {
        int query = uri.indexOf('?');
        return query < 0
                ? List.of()
                : Arrays.stream(uri.substring(query + 1).split("[&?]", -1))
                        .map(option -> option.split("=", 2)[0])
                        .filter(name -> !name.isBlank())
                        .collect(Collectors.toCollection(ArrayList::new));
    }

    /** {@inheritDoc} Null, so that Camel uses the endpoint of this very URI, if that is intercepted, as by a mock of a test. */
    @Override
    public String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        if (flow(exchange, entry) == null) {
            return null;
        }
        String carried = carried(exchange, entry);
        if (carried != null) {
            DynamicFlow.set(exchange, carried); // the span begins before the header is set
        }
        String[] pathAndQuery = entry.getUri().split("[?]", 2);
        String[] parts = pathAndQuery[0].split(":", 3);
        String path = parts[0] + ":" + parts[1];
        return pathAndQuery.length == 1 ? path : path + "?" + pathAndQuery[1];
    }

    @Override
    public Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry) {
        String flow = carried(exchange, entry);
        return flow == null ? null : e -> e.getMessage().setHeader(StackAiConstants.FLOW_ID, flow);
    }

    @Override
    public Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return carried(exchange, entry) == null ? null : StackAiSendDynamicAware::forget;
    }

    private static void forget(Exchange exchange) {
        exchange.getMessage().removeHeader(StackAiConstants.FLOW_ID);
        DynamicFlow.remove(exchange);
    }

    /** The flow that the header has to carry; null for none. */
    private String carried(Exchange exchange, DynamicAwareEntry entry) {
        return exchange.getMessage().getHeader(StackAiConstants.FLOW_ID) == null ? flow(exchange, entry) : null;
    }

    /**
     * The flow in {@code scheme:operation:flow?options}; null if there is none, if Camel has to decode it, or if its endpoint is
     * intercepted.
     */
    private String flow(Exchange exchange, DynamicAwareEntry entry) {
        String path = entry.getUri().split("[?]", 2)[0];
        String[] parts = path.split(":", 3);
        boolean named = parts.length == 3 && !parts[2].isEmpty() && !parts[2].contains("%") && hasFlow(parts[1]);
        return named && !isIntercepted(exchange, path, entry) ? parts[2] : null;
    }

    /** The endpoint of an operation without a flow refuses one. */
    private static boolean hasFlow(String operation) {
        return !StackAiOperation.KNOWLEDGE.uriName().equals(operation);
    }

    private boolean isIntercepted(Exchange exchange, String path, DynamicAwareEntry entry) {
        Boolean known = intercepted.get(path);
        if (known == null) {
            known = Interception.concerns(exchange.getContext(), entry.getUri());
            intercepted.put(path, known);
        }
        return known;
    }
}
