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
package io.github.camelstackai.operation;

import io.github.camelstackai.StackAiConfiguration;
import io.github.camelstackai.StackAiConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;

/** Reads and writes the message headers of this component. */
final class Headers {
    private Headers() {}

    /**
     * The value of a header; null when the message has none.
     *
     * @throws IllegalArgumentException naming the header when its value is of another type
     */
    static <T> T get(Exchange exchange, String name, Class<T> type) {
        Object value = exchange.getMessage().getHeader(name);
        T typed = exchange.getContext().getTypeConverter().tryConvertTo(type, exchange, value);
        if (typed == null && value != null) { // without Camel's reason, which repeats the value as it is
            throw new IllegalArgumentException(wrong(name, type, value));
        }
        return typed;
    }

    /** Sets a header, or takes it off when the value is null: none of an earlier run stays. */
    static void set(Message message, String name, Object value) {
        if (value == null) {
            message.removeHeader(name);
        } else {
            message.setHeader(name, value);
        }
    }

    /** The run that the message names, else the option; null for neither. */
    static String runId(Exchange exchange, StackAiConfiguration options) {
        String runId = get(exchange, StackAiConstants.RUN_ID, String.class);
        String chosen = ObjectHelper.isEmpty(runId) ? options.getRunId() : runId;
        return ObjectHelper.isEmpty(chosen) ? null : chosen;
    }

    /** Sets the body to what the service answered; what described the body that was sent goes. */
    static void answer(Message message, Object body) {
        message.setBody(body);
        message.removeHeader(Exchange.CONTENT_TYPE);
        message.removeHeader(Exchange.REDELIVERY_DELAY); // of a failure that is past
    }

    private static String wrong(String name, Class<?> type, Object value) {
        return "The header " + name + " is not a " + type.getSimpleName() + " but a "
                + value.getClass().getName();
    }
}
