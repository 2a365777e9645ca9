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
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.util.StringHelper;

/**
 * Keeps {@code toD("stackai:run:${header.flow}")} to one endpoint: the flow travels in a header of the message instead, and
 * is taken off again. A {@code CamelStackAiFlowId} that the message has already wins, as it does over any URI.
 */
@SendDynamic("stackai")
public class StackAiSendDynamicAware extends SendDynamicAwareSupport {
    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) throws Exception {
        return new DynamicAwareEntry(uri, originalUri, endpointProperties(exchange, uri), null);
    }

    @Override
    public String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        String flow = flow(entry);
        if (flow == null) {
            return null;
        }
        String query = StringHelper.after(entry.getUri(), "?");
        String path = "stackai:" + entry.getProperties().get("operation");
        return query == null ? path : path + "?" + query;
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

    private static String flow(DynamicAwareEntry entry) {
        Object flow = entry.getProperties().get("flowId");
        return ObjectHelper.isEmpty(flow) ? null : flow.toString();
    }
}
