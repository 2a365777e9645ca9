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

import static io.github.camelstackai.route.Streams.END;
import static io.github.camelstackai.route.Streams.frame;
import static io.github.camelstackai.route.Streams.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiFailure;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.simulator.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream in pieces of any size, or broken at any byte: the whole text or an exception, never a part of the text. */
class StreamFaultTest extends RouteTest {
    private static final String TEXT = "Grüße, 世界 😀!";
    private static final String[] PARTS = {"Grüße", ", 世", "界 😀", "!"};

    @BeforeEach
    void start() {
        context.start();
    }

    static Stream<Arguments> forms() {
        return Stream.of(1, 2, 3, 7, 64, 100_000).flatMap(size -> Stream.of("\n", "\r\n", "\r")
                .flatMap(end -> Stream.of(false, true).map(sse -> Arguments.of(size, end, sse))));
    }

    private static String recorded(String end, boolean sse) {
        StringBuilder stream = new StringBuilder();
        Stream.concat(Arrays.stream(PARTS).map(Streams::frame), Stream.of(END))
                .forEach(frame -> stream.append(sse ? "data: " : "")
                        .append(frame)
                        .append(end)
                        .append(sse ? end : ""));
        return stream.toString();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void textDoesNotDependOnTheSizeOfThePieces(int size, String end, boolean sse) {
        byte[] bytes = utf8(recorded(end, sse));
        Reply reply = Reply.chunks();
        for (int i = 0; i < bytes.length; i += size) {
            reply = reply.chunk(Duration.ZERO, Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + size)));
        }
        stackAi().enqueue(reply, reply);
        StackAiStream stream = (StackAiStream) template.requestBody("stackai:stream:f", "q");
        for (String part : PARTS) {
            assertThat(stream.next().text()).isEqualTo(part);
        }
        assertThat(stream.next().isLast()).isTrue();
        assertThat(template.requestBody("stackai:stream:f?streamMode=collect", "q"))
                .isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "close", "garbage"})
    void faultAtAnyByteNeverLeadsToAPartOfTheText(String fault) {
        byte[] stream = utf8(frame("Grü") + "\n" + frame("ße 😀") + "\n" + END + "\n");
        int[] outcomes = new int[2];
        for (int cut = 0; cut <= stream.length; cut++) {
            Reply reply = broken(stream, cut, fault);
            stackAi().enqueue(reply, reply);
            boolean collected = whole("stackai:stream:f?streamMode=collect", cut, fault);
            boolean read = whole("stackai:stream:f", cut, fault);
            outcomes[collected ? 0 : 1]++;
            outcomes[read ? 0 : 1]++;
        }
        System.out.printf(
                "%s at each of %d bytes: %d whole, %d failed%n", fault, stream.length, outcomes[0], outcomes[1]);
        if (!"reset".equals(fault)) {
            assertThat(outcomes[0])
                    .as("streams that are cut after their end are whole")
                    .isPositive();
        }
    }

    private static Reply broken(byte[] stream, int cut, String fault) {
        Reply part = Reply.chunks().chunk(Duration.ZERO, Arrays.copyOf(stream, cut));
        return switch (fault) {
            case "reset" -> part.thenReset();
            case "close" -> Reply.bytes(Arrays.copyOf(stream, cut));
            default -> Reply.bytes(garbage(stream, cut));
        };
    }

    /** The stream with garbage in place of what follows {@code cut}. */
    private static byte[] garbage(byte[] stream, int cut) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(stream, 0, cut);
        bytes.writeBytes("\u0000\u00ff<garbage>\n".getBytes(StandardCharsets.ISO_8859_1));
        return bytes.toByteArray();
    }

    /** Whether the call returned the whole text; if not, checks its failure. */
    private boolean whole(String uri, int cut, String fault) {
        Exchange exchange = template.request(uri, e -> e.getMessage().setBody("q"));
        Throwable failure = exchange.getException();
        if (failure == null) {
            try {
                assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("Grüße 😀");
                return true;
            } catch (RuntimeException e) {
                failure = e instanceof StackAiStreamException ? e : e.getCause();
                exchange.getMessage().getBody(StackAiStream.class).close();
            }
        }
        assertThat(failure)
                .as("%s at byte %d", fault, cut)
                .matches(e -> e instanceof StackAiFailure || e instanceof IOException);
        if (failure instanceof StackAiStreamException e) {
            assertThat("Grüße 😀").as("%s at byte %d", fault, cut).startsWith(e.getText());
            assertThat(e.isRetryable()).isFalse();
        }
        return false;
    }

    @Test
    void incompleteCharacterAtTheEndIsNotInTheText() {
        String stream = frame("a") + "\n" + frame("😀") + "\n";
        int inside = utf8(stream.substring(0, stream.indexOf("😀"))).length + 2;
        stackAi().enqueue(Reply.bytes(Arrays.copyOf(utf8(stream), inside)));
        Exchange exchange = template.request(
                "stackai:stream:f?streamMode=collect", e -> e.getMessage().setBody("q"));
        assertThat(exchange.getException())
                .isInstanceOfSatisfying(StackAiStreamException.class, e -> assertThat(e.getText())
                        .isEqualTo("a"));
    }
}
