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
package io.github.camelstackai.examples.runsaudit;

import io.github.camelstackai.examples.launcher.CommandLine;
import io.github.camelstackai.examples.launcher.Launcher;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.main.Main;

/** Runs the example with a broker in this process, until Ctrl-C; without an account on a simulator that logs a run each second. */
public final class Demo {
    private Demo() {}

    /** The system property {@code example.work} is the folder of the database. */
    public static void main(String[] arguments) {
        CommandLine.run(Set.of(), "triage", Launcher::simulator, account -> {
            account.properties().forEach(System::setProperty); // they win over application.properties
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
            try (EmbeddedArtemis broker = new EmbeddedArtemis(0)) {
                Path file = Path.of(System.getProperty("example.work"), "audit").toAbsolutePath();
                String database = "jdbc:h2:" + file + Audit.OPEN_UNTIL_STOPPED;
                Main main = Audit.application(Map.of("JMS_URL", broker.url(), "AUDIT_DB", database));
                account.simulator().ifPresent(simulator -> {
                    main.addOverrideProperty("delay", "1000");
                    logEachSecond(simulator, clock);
                });
                return main.run(arguments);
            } finally {
                clock.shutdownNow();
            }
        });
    }

    private static void logEachSecond(StackAiSimulator simulator, ScheduledExecutorService clock) {
        AtomicInteger count = new AtomicInteger();
        clock.scheduleAtFixedRate(
                () -> simulator.logRun(
                        "triage",
                        count.incrementAndGet() % 5 == 0
                                ? Map.of("state", "FAILED", "is_flow_successful", false, "error", "No credits left")
                                : Map.of("total_tokens", count.get())),
                1,
                1,
                TimeUnit.SECONDS);
    }
}
