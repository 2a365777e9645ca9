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

import io.github.camelstackai.text.Excerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.component.SendDynamicAwareSupport;

/**
 * Keeps {@code toD("stackai:run:${header.flow}")} to one endpoint: the flow travels in a header of the message instead, and
 * is taken off again. A {@code CamelStackAiFlowId} that the message has already wins, as it does over any URI.
 *
 * <p>What the message puts into the URI cannot bring options: {@code x?baseUrl=…} would send the credential elsewhere.
 */
@SendDynamic("stackai")
public class StackAiSendDynamicAware extends SendDynamicAwareSupport {
    /** An expression of Simple that has none within. */
    private static final Pattern EXPRESSION = Pattern.compile("\\$(simple)?\\{[^{}]*}");

    /** Asks the URI factory for nothing: one that is built with this Camel has another signature than Camel 4.14 calls. */
    @Override
    protected void doInit() {
        // what the superclass would keep is of no use here
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    /** @throws IllegalArgumentException when the message has brought an option that the route does not name */
    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) {
        List<String> options = options(uri);
        if (!options.isEmpty()) {
            options(literal(exchange, originalUri)).forEach(options::remove);
        }
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("The URI that toD made of a message has options that the route does not"
                    + " name: " + Excerpt.of(options.toString())
                    + "; nothing was sent. Let the message name its flow by"
                    + " the header " + StackAiConstants.FLOW_ID);
        }
        return new DynamicAwareEntry(uri, originalUri, null, null);
    }

    /** What the route itself says, with a letter for what it takes from the message. */
    private static String literal(Exchange exchange, String template) {
        String resolved = EndpointHelper.resolveEndpointUriPropertyPlaceholders(exchange.getContext(), template);
        for (String before = null; !resolved.equals(before); ) { // from the innermost outwards
            before = resolved;
            resolved = EXPRESSION.matcher(before).replaceAll("x");
        }
        return resolved;
    }

    /** Names of the options of a URI, one that stands there twice twice. */
    private static List<String> options(String uri) {
        int query = uri.indexOf('?');
        return query < 0
                ? List.of()
                : Arrays.stream(uri.substring(query + 1).split("[&?]", -1))
                        .map(option -> option.split("=", 2)[0])
                        .filter(name -> !name.isBlank())
                        .collect(Collectors.toCollection(ArrayList::new));
    }

    @Override
    public String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        if (flow(entry) == null) {
            return null;
        }
        String[] pathAndQuery = entry.getUri().split("[?]", 2);
        String[] parts = pathAndQuery[0].split(":", 3);
        String path = parts[0] + ":" + parts[1];
        return pathAndQuery.length == 1 ? path : path + "?" + pathAndQuery[1];
    }

    @Override
    public Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return carries(exchange, entry) ? e -> e.getMessage().setHeader(StackAiConstants.FLOW_ID, flow(entry)) : null;
    }

    @Override
    public Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return carries(exchange, entry) ? e -> e.getMessage().removeHeader(StackAiConstants.FLOW_ID) : null;
    }

    private static boolean carries(Exchange exchange, DynamicAwareEntry entry) {
        return flow(entry) != null && exchange.getMessage().getHeader(StackAiConstants.FLOW_ID) == null;
    }

    /** What follows the operation in {@code scheme:operation:flow?options}; null for nothing, or where Camel decodes it. */
    private static String flow(DynamicAwareEntry entry) {
        String[] parts = entry.getUri().split("[?]", 2)[0].split(":", 3);
        return parts.length < 3 || parts[2].isEmpty() || parts[2].contains("%") ? null : parts[2];
    }
}
