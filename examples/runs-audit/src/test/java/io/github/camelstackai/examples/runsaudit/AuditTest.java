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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.main.Main;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(value = 90, unit = TimeUnit.SECONDS)
class AuditTest {
    @RegisterExtension
    final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();

    @TempDir
    Path directory;

    private EmbeddedArtemis broker;
    private String url;
    private JdbcTemplate rows;

    @BeforeEach
    void openSystems() throws Exception {
        broker = new EmbeddedArtemis(0);
        url = "jdbc:h2:" + directory.resolve("audit") + ";DB_CLOSE_DELAY=-1";
        DataSource database = JdbcConnectionPool.create(url, "sa", "");
        rows = new JdbcTemplate(database);
    }

    @AfterEach
    void closeSystems() {
        rows.execute("shutdown");
        broker.close();
    }

    private Main start(StackAiSimulator simulator) {
        Main main = Audit.application(Map.of("JMS_URL", broker.url(), "AUDIT_DB", url));
        Map.of(
                        "camel.component.stackai.base-url", simulator.baseUrl(),
                        "camel.component.stackai.api-key", simulator.apiKey(),
                        "camel.component.stackai.org-id", simulator.orgId(),
                        "flow", "triage",
                        "delay", "100")
                .forEach(main::addOverrideProperty);
        main.start();
        return main;
    }

    private void eventuallyAudited(String... runs) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        rows.queryForList("select concat(run_id, ' ', state, ' ', tokens) from runs", String.class))
                .containsExactlyInAnyOrder(runs));
    }

    private List<String> failedRuns() throws Exception {
        List<String> bodies = new ArrayList<>();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url());
                JMSContext jms = factory.createContext()) {
            var consumer = jms.createConsumer(jms.createQueue("failed-runs"));
            for (Message message = consumer.receive(2000); message != null; message = consumer.receive(300)) {
                bodies.add(message.getBody(String.class));
            }
        }
        return bodies;
    }

    @Test
    void runsAreRowsAndFailuresMessagesAlsoAfterARestart(StackAiSimulator simulator) throws Exception {
        Main first = start(simulator);
        await().atMost(Duration.ofSeconds(20)).until(() -> simulator.requestCount() > 0);
        simulator.logRun("triage", Map.of("run_id", "r1", "total_tokens", 7));
        simulator.logRun("triage", Map.of("run_id", "r2", "state", "PAUSED"));
        eventuallyAudited("r1 COMPLETED 7", "r2 PAUSED 0");
        first.stop();

        simulator.logRun("triage", Map.of("run_id", "r2", "state", "FAILED", "error", "rejected"));
        simulator.logRun("triage", Map.of("run_id", "r3"));
        Main second = start(simulator);
        eventuallyAudited("r1 COMPLETED 7", "r2 FAILED 0", "r3 COMPLETED 0");
        second.stop();

        assertThat(failedRuns()).singleElement().asString().contains("\"run_id\":\"r2\"", "\"error\":\"rejected\"");
    }
}
