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
package io.github.camelstackai.route;

import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** Endpoints whose producers do what a test says, also what a producer must not do. */
final class ProbeComponent extends DefaultComponent {
    /** As {@link org.apache.camel.AsyncProcessor}, without a rule that it keeps. */
    interface Behaviour {
        boolean process(Exchange exchange, AsyncCallback callback) throws Exception;
    }

    private final Behaviour behaviour;

    ProbeComponent(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new ProbeEndpoint(uri);
    }

    private final class ProbeEndpoint extends DefaultEndpoint {
        ProbeEndpoint(String uri) {
            super(uri, ProbeComponent.this);
        }

        @Override
        public Producer createProducer() {
            return new DefaultAsyncProducer(this) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback callback) {
                    return call(exchange, callback);
                }

                @Override
                protected void doStart() {
                    if (getEndpointUri().endsWith("unstartable")) {
                        throw new IllegalStateException("this producer does not start");
                    }
                }
            };
        }

        @SuppressWarnings("unchecked")
        private <E extends Throwable> boolean call(Exchange exchange, AsyncCallback callback) throws E {
            try {
                return behaviour.process(exchange, callback);
            } catch (Exception e) {
                throw (E) e;
            }
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException();
        }
    }
}
