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

import io.github.camelstackai.protocol.ResourceId;
import io.github.camelstackai.protocol.ServiceUri;
import io.github.camelstackai.text.Excerpt;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/** Reads the parts of an address that a call cannot do without: from a header, else from an option. */
public final class RequiredValue {
    private RequiredValue() {}

    /**
     * A segment of a path.
     *
     * @param fallback value of the option; null for none
     * @param missing what is missing, and the option to set, as in {@code node: set the option node}
     * @throws IllegalArgumentException naming header and option, if there is none or one that cannot be part of a path
     */
    public static String segment(Exchange exchange, String header, String fallback, String missing) {
        String value = MessageHeaders.get(exchange, header, String.class, fallback);
        if (ObjectHelper.isEmpty(value)) {
            throw new IllegalArgumentException("No " + missing + " or the header " + header);
        }
        try {
            ServiceUri.checkSegment(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("No " + missing + " or the header " + header + ": " + e.getMessage(), e);
        }
        return value;
    }

    /** As {@link #segment}, of an id that is a UUID. */
    public static String uuid(Exchange exchange, String header, String fallback, String missing) {
        String value = segment(exchange, header, fallback, missing);
        if (!ResourceId.isValid(value)) {
            throw new IllegalArgumentException("No " + missing + " or the header " + header + ": '" + Excerpt.of(value)
                    + "' is not a UUID; nothing was sent");
        }
        return value;
    }
}
