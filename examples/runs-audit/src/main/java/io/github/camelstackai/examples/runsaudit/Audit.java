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

import jakarta.jms.ConnectionFactory;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.main.Main;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jms.connection.CachingConnectionFactory;

/** The application. It continues after a restart or a kill: what it has processed is in the database, too. */
public final class Audit {
    /** Camel stops after H2 would close the database by itself, and still writes to it. */
    static final String OPEN_UNTIL_STOPPED = ";DB_CLOSE_ON_EXIT=FALSE";

    private Audit() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(application(System.getenv()).run(arguments));
    }

    /** Returns the application, not started yet, with the database and the JMS broker that the environment names. */
    static Main application(Map<String, String> environment) {
        DataSource database = JdbcConnectionPool.create(
                environment.getOrDefault("AUDIT_DB", "jdbc:h2:./audit" + OPEN_UNTIL_STOPPED), "sa", "");
        ConnectionFactory broker = new CachingConnectionFactory(new ActiveMQConnectionFactory(
                environment.get("JMS_URL"), environment.get("JMS_USERNAME"), environment.get("JMS_PASSWORD")));
        Main main = new Main();
        main.bind("database", database);
        main.bind("connectionFactory", broker);
        main.bind("processed", new JdbcMessageIdRepository(database, "runs-audit"));
        main.configure().addRoutesBuilder(new AuditRoutes(database));
        return main;
    }
}
