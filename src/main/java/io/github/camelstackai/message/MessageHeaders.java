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

import io.github.camelstackai.StackAiConstants;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;

/** Reads and writes the headers of messages. */
public final class MessageHeaders {
    private MessageHeaders() {}

    /**
     * The value of a header; null if the message has none.
     *
     * @throws IllegalArgumentException naming the header if its value is of another type
     */
    public static <T> T get(Exchange exchange, String name, Class<T> type) {
        Object value = exchange.getMessage().getHeader(name);
        if (value == null) {
            return null;
        }
        if (type == String.class && (value instanceof Iterable || value instanceof Map || value instanceof Object[])) {
            throw new IllegalArgumentException(wrong(name, type, value)); // Camel would join its values
        }
        T typed = exchange.getContext().getTypeConverter().tryConvertTo(type, exchange, value);
        if (typed == null) { // without Camel's reason, which repeats the value
            throw new IllegalArgumentException(wrong(name, type, value));
        }
        return typed;
    }

    /** As {@link #get(Exchange, String, Class)}; an option, which may be null, if the message has no such header. */
    public static <T> T get(Exchange exchange, String name, Class<T> type, T option) {
        T header = get(exchange, name, type);
        return header == null ? option : header;
    }

    /** Sets a header; removes it if the value is null, so that none of an earlier run remains. */
    public static void set(Message message, String name, Object value) {
        if (value == null) {
            message.removeHeader(name);
        } else {
            message.setHeader(name, value);
        }
    }

    /**
     * The run that the message names, else the option; null for neither.
     *
     * @param option null for none
     */
    public static String runId(Exchange exchange, String option) {
        String header = get(exchange, StackAiConstants.RUN_ID, String.class);
        String runId = ObjectHelper.isEmpty(header) ? option : header;
        return ObjectHelper.isEmpty(runId) ? null : runId;
    }

    /** Sets the body to an answer of the service, and removes the headers that described the body that was sent. */
    public static void setAnswer(Message message, Object body) {
        message.setBody(body);
        message.removeHeader(Exchange.CONTENT_TYPE);
        message.removeHeader(Exchange.CHARSET_NAME);
        message.getExchange().removeProperty(Exchange.CHARSET_NAME);
        OneTimeValues.clear(message.getExchange());
        message.removeHeader(Exchange.REDELIVERY_DELAY); // of an earlier failure
    }

    /** As {@link #setAnswer}, to what the service has not completed: also removes the headers that a complete run sets. */
    public static void setChunks(Message message, Object body) {
        setAnswer(message, body);
        message.removeHeaders("CamelStackAi(Inputs|State|Outputs|Citations|Pause)");
    }

    private static String wrong(String name, Class<?> type, Object value) {
        return "The header " + name + " is not a " + type.getSimpleName() + " but a "
                + value.getClass().getName();
    }
}
