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

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.component.SendDynamicAwareSupport;

/**
 * Keeps {@code toD("stackai:run:${header.flow}")} to one endpoint: the flow travels in a header of the message instead, and
 * is taken off again. A {@code CamelStackAiFlowId} that the message has already wins, as it does over any URI.
 */
@SendDynamic("stackai")
public class StackAiSendDynamicAware extends SendDynamicAwareSupport {
    /** Asks the URI factory for nothing: one that is built with this Camel has another signature than Camel 4.14 calls. */
    @Override
    protected void doInit() {
        // what the superclass would keep is of no use here
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) {
        return new DynamicAwareEntry(uri, originalUri, null, null);
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
