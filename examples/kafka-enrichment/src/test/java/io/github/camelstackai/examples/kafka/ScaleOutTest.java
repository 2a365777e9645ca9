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
package io.github.camelstackai.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.RecordedRun;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one topic. */
@Timeout(180)
class ScaleOutTest extends SystemsTest {
    private static final int EVENTS = 400;
    private static final int KEYS = 80;

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void killProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    int partitions() {
        return 4;
    }

    @Test
    void killLosesNothingAndRepeatsOnlyEventsInFlight() throws Exception {
        Process survivor = startProcess("flow-a");
        Process victim = startProcess("flow-b");
        awaitMembers(2);
        publishAll();
        awaitRuns("flow-b", 120);
        victim.destroyForcibly().waitFor();
        List<Enriched> messages = receive(queueBroker(), all -> origins(all).size() == EVENTS);
        await().atMost(TIMEOUT).until(() -> backlog.committed() == EVENTS);
        messages.addAll(receive(queueBroker(), all -> false, Duration.ofSeconds(1)));

        long runsOfVictim = runs("flow-b");
        int runsTwice = stackAi.runs().size() - EVENTS;
        int messagesTwice = messages.size() - EVENTS;
        System.out.printf(
                "Killed after %d runs, %d of them in flight: %d of %d events in the queue, %d twice; %d runs repeated%n",
                runsOfVictim, stackAi.abortedRequests(), origins(messages).size(), EVENTS, messagesTwice, runsTwice);
        assertThat(stackAi.abortedRequests()).as("runs in flight of the victim").isPositive();
        assertThat(origins(messages)).as("none is lost").hasSize(EVENTS);
        assertThat(runsTwice).as("only events that the victim had read").isBetween(1, (int) runsOfVictim);
        assertThat(messagesTwice).isBetween(0, runsTwice);
        assertThat(survivor.isAlive()).isTrue();
        assertInOrder(messages);
    }

    @Test
    void stopRepeatsNothing() throws Exception {
        startProcess("flow-a");
        Process leaver = startProcess("flow-b");
        awaitMembers(2);
        publishAll();
        awaitRuns("flow-b", 60);
        leaver.destroy();
        List<Enriched> messages = receive(queueBroker(), all -> origins(all).size() == EVENTS);
        await().atMost(TIMEOUT).until(() -> backlog.committed() == EVENTS);
        messages.addAll(receive(queueBroker(), all -> false, Duration.ofSeconds(1)));

        System.out.printf(
                "Stopped: %d events, %d runs, %d messages%n",
                EVENTS, stackAi.runs().size(), messages.size());
        assertThat(stackAi.runs()).hasSize(EVENTS);
        assertThat(messages).hasSize(EVENTS);
        assertThat(origins(messages)).hasSize(EVENTS);
        assertThat(leaver.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private void publishAll() {
        stackAi.script(request -> Reply.usual().after(Duration.ofMillis(100 + number(request) * 7919L % 1400)));
        for (int i = 0; i < EVENTS; i++) {
            publish("c-" + i % KEYS, i);
        }
    }

    /** Starts the application in a JVM. Its flow id distinguishes its runs. */
    private Process startProcess(String flow) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        settings().forEach((setting, value) -> command.add("-D" + setting + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Enrichment.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(flow + ".log").toFile());
        builder.environment().putAll(systems.environment());
        builder.environment().put("STACKAI_FLOW_ID", flow);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private void awaitMembers(int count) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
            await().atMost(TIMEOUT)
                    .ignoreExceptions()
                    .until(() -> admin.describeConsumerGroups(List.of(name)).all().get().get(name).members().stream()
                                    .map(MemberDescription::assignment)
                                    .filter(assignment ->
                                            !assignment.topicPartitions().isEmpty())
                                    .count()
                            == count);
        }
    }

    private static void awaitRuns(String flow, int count) {
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(20)).until(() -> runs(flow) >= count);
    }

    private static long runs(String flow) {
        return stackAi.runs().stream()
                .map(RecordedRun::flowId)
                .filter(flow::equals)
                .count();
    }

    private static int number(RecordedRequest request) {
        return Integer.parseInt((String) request.json().get("in-0"));
    }

    private static Set<String> origins(List<Enriched> messages) {
        return messages.stream().map(Enriched::origin).collect(Collectors.toSet());
    }

    /** Asserts that the first messages of the events of a key are in the order of the events. */
    private static void assertInOrder(List<Enriched> messages) {
        Set<String> seen = new HashSet<>();
        Map<String, List<Integer>> numbers = messages.stream()
                .filter(message -> seen.add(message.origin()))
                .map(message -> Integer.parseInt(message.json().replaceAll(".*\"text\":\"(\\d+)\".*", "$1")))
                .collect(Collectors.groupingBy(number -> "c-" + number % KEYS));
        assertThat(numbers).hasSize(KEYS).allSatisfy((key, inOrder) -> assertThat(inOrder)
                .isSorted());
    }
}
