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
package io.github.camelstackai.message;

import java.util.IdentityHashMap;
import org.apache.camel.Exchange;

/**
 * What was read from values that can be read once, such as streams and iterators. Camel's redelivery restores the message with the
 * same, exhausted value; the exchange keeps what it held until the call succeeds. Thread-safe, since copies of an exchange share it.
 */
public final class OneTimeValues {
    private static final String PROPERTY = "CamelStackAiOneTimeValues";

    private final IdentityHashMap<Object, Object> read = new IdentityHashMap<>(); // guarded by this

    private OneTimeValues() {}

    /** What was read from {@code source} before; null if it was not read. */
    static Object get(Exchange exchange, Object source) {
        return exchange.getProperty(PROPERTY) instanceof OneTimeValues values ? values.get(source) : null;
    }

    /** Keeps the {@code value} of {@code source}, by identity. */
    static void put(Exchange exchange, Object source, Object value) {
        if (!(exchange.getProperty(PROPERTY) instanceof OneTimeValues)) {
            exchange.setProperty(PROPERTY, new OneTimeValues());
        }
        ((OneTimeValues) exchange.getProperty(PROPERTY)).put(source, value);
    }

    /** Discards everything; no redelivery follows. */
    public static void clear(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    private synchronized Object get(Object source) {
        return read.get(source);
    }

    private synchronized void put(Object source, Object value) {
        read.put(source, value);
    }

    /** Without the values, which are a customer's data. */
    @Override
    public String toString() {
        return "values read once";
    }
}
