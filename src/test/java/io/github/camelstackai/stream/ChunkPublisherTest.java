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
package io.github.camelstackai.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.SkipException;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** The publisher of a stream's chunks keeps the rules of Reactive Streams: runs their own test kit over real sockets. */
class ChunkPublisherTest {
    @Test
    void publisherKeepsTheRulesOfReactiveStreams() {
        TestListenerAdapter results = new TestListenerAdapter();
        TestNG kit = new TestNG(false);
        kit.setTestClasses(new Class<?>[] {Verification.class});
        kit.addListener(results);
        kit.run();
        assertThat(results.getFailedTests())
                .extracting(ITestResult::getName, ITestResult::getThrowable)
                .isEmpty();
        assertThat(results.getPassedTests()).hasSizeGreaterThan(20);
        System.out.printf(
                "Reactive Streams TCK: %d passed, %d skipped (optional rules)%n",
                results.getPassedTests().size(), results.getSkippedTests().size());
    }

    /** One simulator and context for all rules. */
    public static final class Verification extends FlowPublisherVerification<StackAiChunk> {
        private final StackAiSimulator stackAi = StackAiSimulator.start();
        private final DefaultCamelContext context = new DefaultCamelContext();
        private final List<StackAiStream> opened = new CopyOnWriteArrayList<>();

        public Verification() throws Exception {
            super(new TestEnvironment(500, 50));
            StackAiComponent component = new StackAiComponent();
            component.getConfiguration().setBaseUrl(stackAi.baseUrl());
            component.getConfiguration().setApiKey(stackAi.apiKey());
            component.getConfiguration().setOrgId(stackAi.orgId());
            context.addComponent("stackai", component);
            context.start();
        }

        @org.testng.annotations.AfterClass
        public void stop() {
            opened.forEach(StackAiStream::close);
            context.stop();
            stackAi.close();
        }

        @Override
        public Flow.Publisher<StackAiChunk> createFlowPublisher(long elements) {
            if (elements == 0) {
                throw new SkipException("A stream has at least its terminal chunk");
            }
            AtomicLong left = new AtomicLong(elements);
            return open(Reply.streaming(() -> frame(left.getAndDecrement()))).publisher();
        }

        private static byte[] frame(long left) {
            if (left <= 0) {
                return null;
            }
            String state = left == 1 ? "\"COMPLETED\"" : "null";
            return ("{\"outputs\":{\"o\":\"x\"},\"run_id\":\"r\",\"state\":" + state + "}\n")
                    .getBytes(StandardCharsets.UTF_8);
        }

        /** A stream whose only frame has been taken: it ends with an error before a subscriber asks. */
        @Override
        public Flow.Publisher<StackAiChunk> createFailedFlowPublisher() {
            StackAiStream stream = open(Reply.text("{\"outputs\":{\"o\":\"x\"}}\n"));
            stream.close();
            return stream.publisher();
        }

        @Override
        public long maxElementsFromPublisher() {
            return 100_000;
        }

        private StackAiStream open(Reply reply) {
            stackAi.enqueue(reply);
            StackAiStream stream =
                    (StackAiStream) context.createProducerTemplate().requestBody("stackai:stream:f", "q");
            opened.add(stream);
            return stream;
        }
    }
}
