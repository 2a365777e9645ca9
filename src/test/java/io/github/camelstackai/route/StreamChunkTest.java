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
import static io.github.camelstackai.route.Streams.lines;
import static io.github.camelstackai.route.Streams.read;
import static io.github.camelstackai.route.Streams.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiProgress;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chunks of a stream hold, and what a stream call sends. */
class StreamChunkTest extends RouteTest {
    @Test
    void parametersAreSentWhereTheyDifferFromTheDefaults() throws Exception {
        read(open(reply("x")));
        RecordedRequest plain = stackAi().takeRequest(Duration.ofSeconds(5));
        assertThat(plain.rawUri()).isEqualTo("/inference/v0/stream/sim-org/f");
        assertThat(plain.json()).isEqualTo(Map.of("in-0", "q", "stream", true));
        read(open(
                "stackai:stream:f?version=2&verbose=false&prefix=true&delta=false&sse=true&runDraft=true&streamFlag=false",
                reply("x")));
        RecordedRequest all = stackAi().takeRequest(Duration.ofSeconds(5));
        assertThat(all.query())
                .isEqualTo(Map.of(
                        "version",
                        "2",
                        "verbose",
                        "false",
                        "prefix",
                        "true",
                        "delta",
                        "false",
                        "sse",
                        "true",
                        "run_draft",
                        "true"));
        assertThat(all.json()).isEqualTo(Map.of("in-0", "q"));
    }

    @Test
    void chunkHasTextOutputsProgressAndStateOfItsFrame() {
        List<StackAiChunk> chunks = read(open(reply("Hel", "lo 😀")));
        assertThat(chunks).extracting(StackAiChunk::text).containsExactly("Hel", "lo 😀", "");
        assertThat(chunks).extracting(StackAiChunk::isLast).containsExactly(false, false, true);
        assertThat(chunks).extracting(StackAiChunk::runId).containsOnly("r1");
        assertThat(chunks.get(0).progress()).isEqualTo(new StackAiProgress("Output", 2, 1, 3));
        assertThat(chunks.get(0).outputs()).isEqualTo(Map.of("out-0", "Hel"));
        assertThat(chunks.get(0).raw()).containsKeys("progress_data", "state");
        assertThat(chunks.get(2).state()).isEqualTo("COMPLETED");
        assertThat(chunks.get(2).progress()).isNull();
    }

    @Test
    void runIdIsSetAndHeadersOfAnEarlierRunAreRemoved() {
        context.start();
        stackAi().enqueue(reply("x"));
        Exchange exchange = template.request("stackai:stream:f", e -> {
            e.getMessage().setBody("q");
            e.getMessage().setHeader(StackAiConstants.STATE, "old");
        });
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(StackAiConstants.RUN_ID, "r1")
                .doesNotContainKey(StackAiConstants.STATE);
        exchange.getMessage().getBody(StackAiStream.class).close();
    }

    @Test
    void textIsThatOfTheChosenOutput() {
        String two = "{\"outputs\":{\"out-0\":\"a\",\"out-1\":\"b\"}}\n" + END + "\n";
        assertThat(read(open("stackai:stream:f?output=out-1", Reply.text(two))))
                .extracting(StackAiChunk::text)
                .containsExactly("b", "");
        assertThat(read(open(Reply.text(two)))).extracting(StackAiChunk::text).containsExactly("", "");
        assertThat(open(Reply.text(two)).text()).as("all of them").isEqualTo("{\"out-0\":\"a\",\"out-1\":\"b\"}");
    }

    @Test
    void pauseEndsTheStreamWithoutAnError() {
        List<StackAiChunk> chunks =
                read(open(Reply.text(frame("a") + "\n{\"outputs\":{},\"pause\":{\"node\":\"n\"},\"state\":null}\n")));
        assertThat(chunks.get(1).isLast()).isTrue();
        assertThat(chunks.get(1).state()).isEqualTo("PAUSED");
    }

    @Test
    void nextAfterTheLastChunkThrowsNoSuchElement() {
        StackAiStream stream = open(reply("x"));
        read(stream);
        assertThat(stream.hasNext()).isFalse();
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?sse=true", "?verbose=false", "?delta=false", "?delta=false&sse=true"})
    void streamIsReadInEveryFormOfTheService(String options) {
        assertThat(open("stackai:stream:f" + options, Reply.usual()).text()).isEqualTo("Answer to: q");
    }

    @Test
    void linesOfOneBodyPartAreReadOneByOne() {
        assertThat(open(Reply.text(lines("a", "b", "c"))).text()).isEqualTo("abc");
    }
}
