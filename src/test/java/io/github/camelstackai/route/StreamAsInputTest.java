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

import static io.github.camelstackai.route.Streams.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.simulator.Reply;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that breaks while it is read as the body of the next call fails that call with its own exception. */
class StreamAsInputTest extends RouteTest {
    private Exchange sendThrough(String next, Reply stream) throws Exception {
        startRoutes(routes -> routes.from("direct:start").to("stackai:stream:a").to(next));
        stackAi().enqueue(stream);
        return send("q");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TRUNCATED | ''",
                "MALFORMED | oops",
                "REPORTED | {\"run_id\":\"r1\",\"state\":\"FAILED\"}",
                "REPORTED | {\"run_id\":\"r1\",\"error\":\"quota\"}"
            })
    void brokenStreamFailsTheNextRunWithItsReasonRunIdAndText(Reason reason, String lastLine) throws Exception {
        Exchange exchange = sendThrough("stackai:run:b", Reply.text(frame("half") + "\n" + lastLine + "\n"));
        assertThat(exchange.getException()).isInstanceOfSatisfying(StackAiStreamException.class, e -> {
            assertThat(e.getReason()).isEqualTo(reason);
            assertThat(e.getRunId()).isEqualTo("r1");
            assertThat(e.getText()).isEqualTo("half");
        });
        assertThat(stackAi().requestCount()).as("the next call is not sent").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stackai:run:b",
                "stackai:stream:b",
                "stackai:stream:b?streamMode=collect",
                "stackai:feedback:b?runId=r2"
            })
    void brokenStreamFailsTheNextCallOfEachOperation(String next) throws Exception {
        Exchange exchange = sendThrough(next, Reply.text(frame("half") + "\n"));
        assertThat(exchange.getException()).isInstanceOfSatisfying(StackAiStreamException.class, e -> {
            assertThat(e.getReason()).isEqualTo(Reason.TRUNCATED);
            assertThat(e.getRunId()).isEqualTo("r1");
            assertThat(e.getText()).isEqualTo("half");
        });
        assertThat(stackAi().requestCount()).as("the next call is not sent").isEqualTo(1);
    }
}
