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

import static io.github.camelstackai.route.Streams.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.StackAiStreamException.Reason;
import io.github.camelstackai.simulator.Reply;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that is refused, or whose first frame fails, fails where the route calls it. */
class StreamRefusalTest extends RouteTest {
    @ParameterizedTest
    @CsvSource({"401,false", "404,false", "422,false", "429,true", "503,true"})
    void refusalFailsTheCall(int status, boolean retryable) {
        Exchange exchange =
                failedCall("stackai:stream:f", Reply.error(status, "no").header("Retry-After", "3"));
        assertThat(exchange.getException()).isInstanceOfSatisfying(StackAiOperationFailedException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(status);
            assertThat(e.isRetryable()).isEqualTo(retryable);
            assertThat(e.getDetail()).isEqualTo("no");
        });
        assertThat(exchange.getIn().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(3000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?streamMode=collect"})
    void pageInsteadOfAStreamFailsTheCall(String options) {
        assertThat(failedCall(
                                "stackai:stream:f" + options,
                                Reply.text("<html>login</html>\n").contentType("text/html"))
                        .getException())
                .isInstanceOf(StackAiResponseException.class)
                .hasMessageContaining("<html>login")
                .hasMessageContaining("flow f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?streamMode=collect"})
    void errorInTheFirstFrameFailsTheCall(String options) {
        Exception e = failedCall(
                        "stackai:stream:f" + options,
                        Reply.text("{\"outputs\":{},\"run_id\":\"r9\",\"error\":\"quota\"}\n"))
                .getException();
        assertThat(e).isInstanceOfSatisfying(StackAiStreamException.class, broken -> {
            assertThat(broken.getReason()).isEqualTo(Reason.REPORTED);
            assertThat(broken.getRunId()).isEqualTo("r9");
            assertThat(broken.isRetryable()).isFalse();
        });
        assertThat(e).hasCauseInstanceOf(StackAiRunFailedException.class).hasMessageContaining("quota");
    }

    @Test
    void emptyBodyIsATruncatedStream() {
        assertThat(failedCall("stackai:stream:f", Reply.text("")).getException())
                .isInstanceOfSatisfying(StackAiStreamException.class, e -> assertThat(e.getReason())
                        .isEqualTo(Reason.TRUNCATED));
    }

    @Test
    void refusalsAndErrorsInTheFirstFrameAreRedelivered() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(HttpOperationFailedException.class, StackAiRunFailedException.class)
                        .maximumRedeliveries(3)
                        .redeliveryDelay(0);
                from("direct:start").to("stackai:stream:f").convertBodyTo(String.class);
            }
        });
        context.start();
        stackAi()
                .enqueue(
                        Reply.error(429, "slow down").header("Retry-After", "0"),
                        Reply.error(503, "x"),
                        Reply.text("{\"error\":\"overload\"}\n"),
                        reply("fine"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("fine");
        assertThat(stackAi().requestCount()).isEqualTo(4);
    }
}
