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

import static io.github.camelstackai.route.RecordedSpans.attribute;
import static io.github.camelstackai.route.RecordedSpans.attributes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiResponseException;
import io.github.camelstackai.StackAiRunFailedException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.simulator.Reply;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The name and the attributes of the span of a call, as OpenTelemetry exports them. */
class CallSpanTest extends RouteTest {
    private static final String ANSWER = "{\"outputs\":{\"out-0\":\"a\"},\"run_id\":\"r-7\",\"state\":\"COMPLETED\"}";
    private static final String FAILED =
            "{\"outputs\":{},\"run_id\":\"r-7\",\"state\":\"FAILED\",\"error\":\"No credit\"}";

    private final RecordedSpans spans = new RecordedSpans(context);

    @Test
    void spanOfARunHasTheAttributesOfTheContract() throws Exception {
        startRoute("stackai:run:triage?userId=alice&runDraft=false");
        stackAi().enqueue(Reply.json(ANSWER));
        Exchange exchange = send("q");
        assertThat(spans.call().getName()).isEqualTo("run triage");
        assertThat(attributes(spans.call()))
                .containsOnly(
                        entry("component", "camel-stackai"),
                        entry("op", "EVENT_SENT"),
                        entry("exchangeId", exchange.getExchangeId()),
                        entry("camel.uri", "stackai://run:triage"),
                        entry("gen_ai.operation.name", "run"),
                        entry("gen_ai.system", "stackai"),
                        entry("server.address", "127.0.0.1"),
                        entry("server.port", Integer.toString(stackAi().port())),
                        entry("stackai.flow.id", "triage"),
                        entry("stackai.run.id", "r-7"),
                        entry("stackai.run.state", "COMPLETED"),
                        entry("http.response.status_code", "200"));
        assertThat(exchange.getProperties()).doesNotContainKey("CamelStackAiCallFacts");
    }

    @ParameterizedTest
    @CsvSource({
        "http://stack_ai.invalid:8000, stack_ai.invalid, 8000",
        "https://stack-ai.invalid, stack-ai.invalid, 443"
    })
    void serverIsNamedWhereverTheUrlPoints(String baseUrl, String address, String port) throws Exception {
        component.getConfiguration().setBaseUrl(baseUrl);
        startRoute("stackai:run:f");
        assertThat(send("q").getException()).isNotNull();
        assertThat(attribute(spans.call(), "server.address")).isEqualTo(address);
        assertThat(attribute(spans.call(), "server.port")).isEqualTo(port);
    }

    @Test
    void attributesAreThoseOfTheDocumentation() throws Exception {
        startRoute("stackai:run:f");
        stackAi().enqueue(Reply.json(ANSWER), Reply.reset());
        send("q");
        send("q");
        String page = Files.readString(Path.of("docs/operations.md"));
        assertThat(spans.calls())
                .hasSize(2)
                .flatExtracting(span -> attributes(span).keySet())
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @ParameterizedTest
    @CsvSource({
        "stackai:stream:f, stream f, r1,",
        "stackai:stream:f?streamMode=collect, stream f, r1, COMPLETED",
        "stackai:feedback:f?runId=r1, feedback f,,",
        "stackai:metadata:f, metadata f,,",
        "stackai:runs:f, runs f,,",
        "stackai:documents:f?node=doc-0&userId=u&fileName=a.txt, documents f,,",
        "stackai:documents:f?node=doc-0&userId=u&action=list, documents f,,",
        "stackai:knowledge?knowledgeBaseId=0b5d0a4e-1111-4222-8333-444455556666&action=list, knowledge,,"
    })
    void eachOperationHasASpan(String uri, String name, String runId, String state) throws Exception {
        startRoutes(routes -> routes.from("direct:start").to(uri).convertBodyTo(String.class));
        if (name.startsWith("stream")) {
            stackAi().enqueue(Streams.reply("a", "b"));
        }
        assertThat(send("q").getException()).isNull();
        SpanData span = spans.call();
        assertThat(span.getName()).isEqualTo(name);
        assertThat(attribute(span, "http.response.status_code")).isEqualTo("200");
        assertThat(attribute(span, "stackai.run.id")).isEqualTo(runId);
        assertThat(attribute(span, "stackai.run.state")).isEqualTo(state);
    }

    /** A wait is a part of its upload. */
    @Test
    void spanOfAnAwaitedUploadEndsWithTheWait() throws Exception {
        startRoute("stackai:knowledge?knowledgeBaseId=0b5d0a4e-1111-4222-8333-444455556666&fileName=secret.txt"
                + "&awaitIndexed=true&indexPollInterval=5");
        assertThat(send("content-1").getException()).isNull();
        assertThat(spans.calls()).hasSize(1);
        assertThat(spans.call().getName()).isEqualTo("knowledge");
        assertThat(attribute(spans.call(), "http.response.status_code")).isEqualTo("200");
        assertThat(spans.call().toString()).doesNotContain("secret.txt", "content-1", "0b5d0a4e");
    }

    @ParameterizedTest
    @CsvSource({
        "toD, stackai:run:${header.flow}, triage",
        "toD, stackai:run:${header.flow}?userId=alice, a%20b",
        "to, stackai:run:other, triage",
        "to, stackai:run, triage"
    })
    void flowIsTheOneThatWasCalled(String how, String uri, String flow) throws Exception {
        startRoutes(routes -> {
            if (how.equals("toD")) {
                routes.from("direct:start").toD(uri);
            } else {
                routes.from("direct:start").to(uri);
            }
        });
        String header = how.equals("toD") ? "flow" : StackAiConstants.FLOW_ID;
        Exchange exchange = send("q", Map.of(header, flow));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperties()).doesNotContainKey("CamelStackAiDynamicFlow");
        String called = flow.replace("%20", " ");
        assertThat(stackAi().requests().get(0).path()).endsWith("/" + called);
        assertThat(spans.call().getName()).isEqualTo("run " + called);
        assertThat(attribute(spans.call(), "stackai.flow.id")).isEqualTo(called);
    }

    static Stream<Arguments> failures() {
        String run = "stackai:run:f";
        String stream = "stackai:stream:f";
        String collect = "stackai:stream:f?streamMode=collect";
        return Stream.of(
                Arguments.of(run, Reply.error(422, "no"), "422", StackAiOperationFailedException.class, null, null),
                Arguments.of(stream, Reply.error(503, "no"), "503", StackAiOperationFailedException.class, null, null),
                Arguments.of(run, Reply.json(FAILED), "200", StackAiRunFailedException.class, "r-7", "FAILED"),
                Arguments.of(stream, Reply.text(FAILED + "\n"), "200", StackAiStreamException.class, "r-7", "FAILED"),
                Arguments.of(
                        collect,
                        Reply.text(Streams.frame("a") + "\nno frame\n"),
                        "200",
                        StackAiStreamException.class,
                        "r1",
                        null),
                Arguments.of(run, Reply.text("<html>"), "200", StackAiResponseException.class, null, null),
                Arguments.of(run, Reply.reset(), null, SocketException.class, null, null));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureIsNamedByItsClass(String uri, Reply reply, String status, Class<?> type, String runId, String state)
            throws Exception {
        startRoute(uri);
        stackAi().enqueue(reply);
        Map<String, Object> ofAnEarlierRun =
                Map.of(StackAiConstants.RUN_ID, "old", StackAiConstants.STATE, "COMPLETED");
        assertThat(send("q", ofAnEarlierRun).getException()).isInstanceOf(type);
        SpanData span = spans.call();
        assertThat(attribute(span, "error.type")).isEqualTo(type.getName());
        assertThat(attribute(span, "error")).isEqualTo("true");
        assertThat(attribute(span, "http.response.status_code")).isEqualTo(status);
        assertThat(attribute(span, "stackai.run.id")).isEqualTo(runId);
        assertThat(attribute(span, "stackai.run.state")).isEqualTo(state);
    }

    @Test
    void callThatIsInterceptedHasTheSameSpan() throws Exception {
        startRoutes(routes -> {
            routes.interceptSendToEndpoint("stackai:*").to("mock:seen");
            routes.from("direct:start").to("stackai:run:f");
        });
        assertThat(send("q").getException()).isNull();
        assertThat(spans.call().getName()).isEqualTo("run f");
        assertThat(attribute(spans.call(), "server.port"))
                .isEqualTo(Integer.toString(stackAi().port()));
    }

    @Test
    void callThatIsNotSentHasASpanWithoutStatus() throws Exception {
        startRoute("stackai:run");
        assertThat(send("q").getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(spans.call().getName()).isEqualTo("run");
        assertThat(attributes(spans.call()))
                .containsEntry("error.type", "java.lang.IllegalArgumentException")
                .doesNotContainKeys("http.response.status_code", "stackai.flow.id");
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void spanShowsNoInputsOutputsUsersOrCredentials() throws Exception {
        startRoute("stackai:run:f?apiKey=" + stackAi().apiKey() + "&userId=alice&orgId=acme-secret");
        List<String> secrets = List.of(stackAi().apiKey(), "alice", "acme-secret", "question-1", "answer-1");
        stackAi()
                .enqueue(
                        Reply.json(Map.of(
                                "outputs",
                                Map.of("o", "answer-1"),
                                "run_id",
                                "r " + stackAi().apiKey())),
                        Reply.error(
                                422,
                                "alice of acme-secret sent question-1 with "
                                        + stackAi().apiKey()),
                        Reply.json(Map.of(
                                "error", "answer-1 to alice", "state", stackAi().apiKey())),
                        Reply.text("answer-1 is no JSON"));
        for (int i = 0; i < 4; i++) {
            send("question-1", Map.of(StackAiConstants.INPUTS, Map.of("user_id", "alice")));
        }
        assertThat(spans.calls()).hasSize(4).allSatisfy(span -> assertThat(span.toString())
                .doesNotContain(secrets));
        assertThat(attribute(spans.calls().get(0), "stackai.run.id")).isEqualTo("r [credential]");
    }
}
