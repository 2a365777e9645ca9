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

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.EndpointServiceLocation;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** Logs about the calls of an endpoint. The MDC names the call for as long as a statement takes. Thread-safe. */
public final class CallLog {
    private static final String PREFIX = "camel.stackai.";

    private final Logger logger;
    private final Map<String, String> service;

    public CallLog(Logger logger, EndpointServiceLocation endpoint) {
        this.logger = logger;
        this.service = endpoint.getServiceMetadata();
    }

    /** Whether {@link #ended} writes anything. */
    public boolean showsEnds() {
        return logger.isDebugEnabled();
    }

    /** The call has ended as its exchange says; for a stream, it has begun. */
    public void ended(Exchange exchange, CallFacts facts) {
        Exception failure = exchange.getException();
        Object outcome = failure == null ? "answered with HTTP status " + facts.status() : failure;
        CallIdentity call = CallIdentity.of(exchange, service, facts);
        log(call, () -> logger.debug("{}, exchange {}: {}", call, exchange.getExchangeId(), outcome));
    }

    /** The call has ended, and no thread is available to continue its route. */
    public void noWorker(Exchange exchange, CallFacts facts, Throwable cause) {
        CallIdentity call = CallIdentity.of(exchange, service, facts);
        log(
                call,
                () -> logger.warn(
                        "{}: no worker thread is available to continue exchange {}",
                        call,
                        exchange.getExchangeId(),
                        cause));
    }

    private static void log(CallIdentity call, Runnable statement) {
        try {
            put("operation", call.operation());
            put("flowId", call.flowId());
            put("runId", call.runId());
            statement.run();
        } finally {
            MDC.remove(PREFIX + "operation");
            MDC.remove(PREFIX + "flowId");
            MDC.remove(PREFIX + "runId");
        }
    }

    private static void put(String key, String value) {
        if (value != null) {
            MDC.put(PREFIX + key, value);
        }
    }
}
