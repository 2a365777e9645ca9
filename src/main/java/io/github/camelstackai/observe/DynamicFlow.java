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

import org.apache.camel.Exchange;

/**
 * The flow that {@code toD} names, as a property of the exchange: Camel begins the span of a call before it sets the header with the
 * flow, and a span cannot be renamed.
 */
public final class DynamicFlow {
    private static final String PROPERTY = "CamelStackAiDynamicFlow";

    private DynamicFlow() {}

    public static void set(Exchange exchange, String flowId) {
        exchange.setProperty(PROPERTY, flowId);
    }

    /** Null for none. */
    public static String get(Exchange exchange) {
        return exchange.getProperty(PROPERTY, String.class);
    }

    public static void remove(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }
}
