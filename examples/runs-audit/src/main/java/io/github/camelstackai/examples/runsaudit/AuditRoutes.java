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

import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.jdbc.core.JdbcTemplate;

/** The log of runs of a flow: each run becomes a row, and what failed a message. A run that comes again changes no more than its row. */
final class AuditRoutes extends RouteBuilder {
    private static final String TABLE =
            "create table if not exists runs (run_id varchar(36) primary key, flow varchar(100),"
                    + " state varchar(20), run_date varchar(40), user_id varchar(200), tokens int, error varchar)";

    private static final String ROW =
            "sql:merge into runs key (run_id) values (:#run_id, :#${header.CamelStackAiFlowId},"
                    + " :#state, :#date, :#user_id, :#total_tokens, :#error)?dataSource=#database&noop=true";

    private final DataSource database;

    AuditRoutes(DataSource database) {
        this.database = database;
    }

    @Override
    public void configure() {
        new JdbcTemplate(database).execute(TABLE);

        from("stackai:runs:{{flow}}?idempotentRepository=#processed&delay={{delay}}")
                .routeId("audit")
                .to(ROW)
                .log("Run ${header.CamelStackAiRunId}: ${header.CamelStackAiState}")
                .filter(simple("${header.CamelStackAiState} == 'FAILED'"))
                .convertBodyTo(String.class)
                .removeHeaders("CamelStackAi*")
                .to("jms:queue:{{queue}}");
    }
}
