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
package io.github.camelstackai.route;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiStream;
import org.apache.camel.impl.DefaultCamelContext;

/** Reads one stream to its end with pauses; runs in a JVM of its own with a small heap. */
public final class SlowReader {
    /** What it prints before it waits for a line on standard input. */
    static final String PAUSED = "paused";

    private static final int CHUNKS_BETWEEN_PAUSES = 8192;

    private SlowReader() {}

    /** The argument is the base URL. Prints the number of characters that it read. */
    public static void main(String[] arguments) throws Exception {
        long characters = 0;
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            StackAiComponent component = new StackAiComponent();
            component.getConfiguration().setBaseUrl(arguments[0]);
            component.getConfiguration().setApiKey("sim-key");
            component.getConfiguration().setOrgId("sim-org");
            context.addComponent("stackai", component);
            context.start();
            try (StackAiStream stream =
                    context.createProducerTemplate().requestBody("stackai:stream:f", "q", StackAiStream.class)) {
                for (int i = 0; stream.hasNext(); i++) {
                    characters += stream.next().text().length();
                    if (i % CHUNKS_BETWEEN_PAUSES == 0) {
                        System.out.println(PAUSED);
                        System.in.read();
                    }
                }
            }
        }
        System.out.println("read " + characters);
    }
}
