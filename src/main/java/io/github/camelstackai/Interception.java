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

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.AutoMockInterceptStrategy;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.service.ServiceHelper;

/** Whether Camel intercepts what is sent to an endpoint, as it does for {@code interceptSendToEndpoint} and the mocks of tests. */
final class Interception {
    private Interception() {}

    /** Whether calls of an endpoint may be intercepted. Creates the endpoint, since Camel matches its URI only then. */
    static boolean concerns(CamelContext context, String uri) {
        if (!autoMocks(context).isEmpty()) {
            return true;
        }
        try {
            Endpoint endpoint = context.getCamelContextExtension().getPrototypeEndpoint(uri);
            boolean intercepted = endpoint instanceof InterceptSendToEndpoint;
            // not the endpoint that wraps it: that stops the interceptor for all
            ServiceHelper.stopAndShutdownService(
                    intercepted ? ((InterceptSendToEndpoint) endpoint).getOriginalEndpoint() : endpoint);
            return intercepted;
        } catch (RuntimeCamelException e) { // an endpoint that cannot exist fails when it is called
            return false;
        }
    }

    /** Whether no call reaches the endpoint. */
    static boolean skips(Endpoint endpoint) {
        CamelContext context = endpoint.getCamelContext();
        String uri = endpoint.getEndpointUri();
        if (context.hasEndpoint(uri) instanceof InterceptSendToEndpoint intercepted && intercepted.isSkip()) {
            return true;
        }
        // no lambda: its creation needs the class of a mock, which Camel 4.14 does not have
        for (AutoMockInterceptStrategy mock : autoMocks(context)) {
            if (mock.isSkip() && EndpointHelper.matchEndpoint(context, uri, mock.getPattern())) {
                return true;
            }
        }
        return false;
    }

    /** Those of Camel's test support. */
    private static Set<AutoMockInterceptStrategy> autoMocks(CamelContext context) {
        try {
            return context.getCamelContextExtension().getAutoMockInterceptStrategies();
        } catch (NoSuchMethodError e) { // Camel 4.14
            return Set.of();
        }
    }
}
