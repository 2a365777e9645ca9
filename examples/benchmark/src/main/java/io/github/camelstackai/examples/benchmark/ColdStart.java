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
package io.github.camelstackai.examples.benchmark;

import io.github.camelstackai.StackAiComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Starts a Camel context in a new process, and prints the time in milliseconds. */
public final class ColdStart {
    static final String TITLE = "Start of a Camel context in a new process";
    static final String EMPTY = "empty route";

    private ColdStart() {}

    /** @param arguments the contender: {@code empty route} or {@code stackai} */
    public static void main(String[] arguments) throws Exception {
        boolean empty = EMPTY.equals(arguments[0]);
        System.setProperty(Observed.JMX_DISABLED, "true");
        long begin = System.nanoTime();
        CamelContext context = new DefaultCamelContext();
        if (!empty) {
            StackAiComponent component = context.getComponent("stackai", StackAiComponent.class);
            component.getConfiguration().setOrgId("org");
            component.getConfiguration().setApiKey("key");
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(empty ? "direct:out" : "stackai:run:flow");
                from("direct:out").setBody(constant(""));
            }
        });
        context.start();
        System.out.println("{startMillis=" + (System.nanoTime() - begin) / 1e6 + "}");
        System.exit(0);
    }
}
