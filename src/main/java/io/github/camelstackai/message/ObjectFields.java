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

import io.github.camelstackai.protocol.FieldReader;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/** Reads values inside one object of the user's as a body would be read. Used by one thread. */
final class ObjectFields implements FieldReader {
    private final ValueReader values;
    private final String name;
    private final Exchange exchange;
    private final int depth;
    /** Jackson replaces exceptions; written by {@link #read}. */
    private Exception failure;

    /**
     * @param name of the object in messages
     * @param depth of the object in the body
     */
    ObjectFields(ValueReader values, String name, Exchange exchange, int depth) {
        this.values = values;
        this.name = name;
        this.exchange = exchange;
        this.depth = depth;
    }

    /** Whether values of a type are read here. */
    static boolean reads(Class<?> type) {
        return TextReader.reads(type) || Iterator.class.isAssignableFrom(type);
    }

    @Override
    public Object read(Object value, String path) {
        try {
            String[] keys = path.split("/", 3);
            return values.read(
                    value, keys.length < 2 ? name : ValueReader.nameOf(keys[1], name, depth), exchange, depth + 1);
        } catch (InvalidPayloadException | RuntimeException e) {
            failure = e;
            throw new IllegalArgumentException(e);
        }
    }

    /** Throws what {@link #read} has thrown, if it has. */
    void check() throws InvalidPayloadException {
        if (failure instanceof InvalidPayloadException unreadable) {
            throw unreadable;
        }
        if (failure instanceof RuntimeException refusal) {
            throw refusal;
        }
    }
}
