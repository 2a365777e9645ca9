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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;

/** Routes continue on virtual threads where Camel uses them. */
@EnabledForJreRange(min = JRE.JAVA_21)
@EnabledIfSystemProperty(named = "camel.threads.virtual.enabled", matches = "true")
class VirtualThreadsTest extends RouteTest {
    private final Queue<String> threads = new ConcurrentLinkedQueue<>();

    @Test
    void routeContinuesOnAVirtualThreadAfterARun() throws Exception {
        route("stackai:run:f");
        send("q");
        assertThat(threads).hasSize(1).allMatch(thread -> thread.startsWith("VirtualThread["));
    }

    @Test
    void streamIsReadOnAVirtualThread() throws Exception {
        route("stackai:stream:f");
        stackAi().enqueue(Streams.reply("a", "b"));
        send("q");
        assertThat(List.copyOf(threads)).hasSize(3).allMatch(thread -> thread.startsWith("VirtualThread["));
    }

    private void route(String uri) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to(uri)
                        .split(body())
                        .streaming()
                        .process(exchange -> threads.add(Thread.currentThread().toString()));
            }
        });
        context.start();
    }
}
