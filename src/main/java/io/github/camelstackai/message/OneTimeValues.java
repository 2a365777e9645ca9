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
import org.apache.camel.InvalidPayloadException;

/**
 * What was read from values that can be read once, such as streams and iterators. Camel's redelivery restores the message with the
 * same, exhausted value; the exchange keeps what it held until the call succeeds. Thread-safe, since copies of an exchange share it.
 */
public final class OneTimeValues {
    private static final String PROPERTY = "CamelStackAiOneTimeValues";

    private final IdentityHashMap<Object, Object> read = new IdentityHashMap<>(); // guarded by this

    private OneTimeValues() {}

    /** Reads a source. */
    @FunctionalInterface
    interface Reading {
        Object read() throws InvalidPayloadException;
    }

    /**
     * Reads {@code source}, or returns what was read from it before. A failure is thrown again, since a source that was read in part
     * looks like a shorter one.
     *
     * @throws InvalidPayloadException as {@code reading} does
     */
    static Object read(Exchange exchange, Object source, Reading reading) throws InvalidPayloadException {
        Object known = get(exchange, source);
        if (known == null) {
            known = valueOrFailure(reading);
            put(exchange, source, known);
        }
        if (known instanceof InvalidPayloadException unreadable) {
            throw unreadable;
        }
        if (known instanceof RuntimeException refusal) {
            throw refusal;
        }
        if (known instanceof Error error) {
            throw error;
        }
        return known;
    }

    private static Object valueOrFailure(Reading reading) {
        try {
            return reading.read();
        } catch (InvalidPayloadException | RuntimeException | Error e) {
            return e;
        }
    }

    private static Object get(Exchange exchange, Object source) {
        return exchange.getProperty(PROPERTY) instanceof OneTimeValues values ? values.get(source) : null;
    }

    /** By identity. */
    private static void put(Exchange exchange, Object source, Object value) {
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
