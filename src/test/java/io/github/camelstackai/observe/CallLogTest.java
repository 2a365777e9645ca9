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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

class CallLogTest {
    private static final Map<String, String> CALL =
            Map.of("camel.stackai.operation", "run", "camel.stackai.flowId", "f", "camel.stackai.runId", "r-1");

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final RecordingLogger logger = new RecordingLogger();
    private final CallLog log = new CallLog(logger, new Service());
    private final CallFacts facts = new CallFacts(200, text -> text);

    @Test
    void mdcNamesTheCallOnlyDuringTheStatement() {
        exchange.getMessage().setHeader(StackAiConstants.RUN_ID, "r-1");
        log.ended(exchange, facts);
        log.noWorker(exchange, facts, new OutOfMemoryError("no thread"));
        assertThat(logger.levels).containsExactly(Level.DEBUG, Level.WARN);
        assertThat(logger.contexts).containsExactly(CALL, CALL);
        assertThat(MDC.getCopyOfContextMap()).doesNotContainKeys(CALL.keySet().toArray(String[]::new));
    }

    @Test
    void valuesOfTheRouteStayInTheMdc() {
        MDC.put("camel.routeId", "route1");
        try {
            log.ended(exchange, facts);
            assertThat(logger.contexts.get(0)).containsEntry("camel.routeId", "route1");
            assertThat(MDC.get("camel.routeId")).isEqualTo("route1");
        } finally {
            MDC.remove("camel.routeId");
        }
    }

    private record Service() implements EndpointServiceLocation {
        @Override
        public String getServiceUrl() {
            return "http://host";
        }

        @Override
        public String getServiceProtocol() {
            return "http";
        }

        @Override
        public Map<String, String> getServiceMetadata() {
            return Map.of("operation", "run", "flowId", "f");
        }
    }

    /** Keeps the MDC of each statement. */
    private static final class RecordingLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;
        private final transient List<Level> levels = new ArrayList<>();
        private final transient List<Map<String, String>> contexts = new ArrayList<>();

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable failure) {
            levels.add(level);
            contexts.add(MDC.getCopyOfContextMap());
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
