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

import io.github.camelstackai.text.Excerpt;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;

/**
 * What is known of a call when it has ended, besides its message and its exception. It is a property of the exchange from the
 * beginning of a span to its end, so that a call without a span costs one look-up.
 *
 * @param status of the response; null for none
 * @param redaction replaces the credentials of the call
 */
public record CallFacts(Integer status, UnaryOperator<String> redaction) {
    private static final String PROPERTY = "CamelStackAiCallFacts";
    /** Of a call that is not sent, or has not ended. */
    public static final CallFacts UNKNOWN = new CallFacts(null, text -> text);

    /** Whether a span covers the call. */
    public static boolean isWanted(Exchange exchange) {
        return exchange.getProperty(PROPERTY) != null;
    }

    static void request(Exchange exchange) {
        exchange.setProperty(PROPERTY, UNKNOWN);
    }

    /** Puts these facts on the exchange. */
    public void record(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** Takes them off the exchange; never null. */
    static CallFacts take(Exchange exchange) {
        return exchange.removeProperty(PROPERTY) instanceof CallFacts facts ? facts : UNKNOWN;
    }

    /** The text on one line and without credentials; null for null. */
    String redact(String text) {
        return text == null ? null : Excerpt.of(redaction.apply(text));
    }
}
