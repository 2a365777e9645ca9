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
import static io.github.camelstackai.route.Streams.read;
import static io.github.camelstackai.route.Streams.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiChunk;
import io.github.camelstackai.StackAiStream;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.simulator.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream or a chunk where a route needs text, bytes, or the body of the next call. */
class StreamConversionTest extends RouteTest {
    @Test
    void streamAndChunkConvertToText() {
        assertThat(context.getTypeConverter().convertTo(String.class, open(reply("Hel", "lo"))))
                .isEqualTo("Hello");
        StackAiStream stream = open(reply("Hi"));
        assertThat(context.getTypeConverter().convertTo(String.class, stream.next()))
                .isEqualTo("Hi");
        stream.close();
    }

    @Test
    void inputStreamDeliversTextAsItArrives() throws Exception {
        Reply slow = reply("é😀", "later").chunkEvery(Duration.ofMillis(300));
        try (InputStream in = context.getTypeConverter().convertTo(InputStream.class, open(slow))) {
            byte[] first = new byte[100];
            int n = in.read(first);
            assertThat(new String(first, 0, n, StandardCharsets.UTF_8)).isEqualTo("é😀");
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("later");
        }
    }

    @Test
    void eachSnapshotReplacesTheOneBefore() throws Exception {
        Reply snapshots = reply("Hel", "Hello", "Hello!");
        assertThat(read(open("stackai:stream:f?delta=false", snapshots)))
                .extracting(StackAiChunk::text)
                .containsExactly("Hel", "Hello", "Hello!", "");
        assertThat(open("stackai:stream:f?delta=false", snapshots).text()).isEqualTo("Hello!");
        try (InputStream in = open("stackai:stream:f?delta=false", snapshots).inputStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("Hello!");
        }
    }

    @Test
    void brokenStreamDoesNotConvertToText() {
        StackAiStream stream = open(Reply.text(frame("half") + "\n"));
        assertThatThrownBy(stream::text).isInstanceOf(StackAiStreamException.class);
        assertThatThrownBy(() ->
                        open(Reply.text(frame("half") + "\n")).inputStream().readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("TRUNCATED");
    }

    @Test
    void streamIsTheInputOfTheNextRun() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("stackai:stream:f").to("stackai:run:g");
            }
        });
        context.start();
        stackAi().enqueue(reply("Hel", "lo"));
        assertThat(send("q").getMessage().getBody()).isEqualTo("Answer to: Hello");
    }

    @Test
    void simpleExpressionReadsTheChunk() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .setHeader("line", simple("${body}/${body.text}/${body.runId}/${body.isLast}"))
                        .process(e -> seen.add(e.getMessage().getHeader("line")));
            }
        });
        context.start();
        stackAi().enqueue(reply("a"));
        assertThat(send("q").getException()).isNull();
        assertThat(seen).containsExactly("a/a/r1/false", "//r1/true");
    }

    @Test
    void fileEndpointAppendsTheTextOfEachChunk(@TempDir Path folder) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("stackai:stream:f")
                        .split(body())
                        .streaming()
                        .to("file:" + folder + "?fileName=answer.txt&fileExist=Append");
            }
        });
        context.start();
        stackAi().enqueue(reply("Grü", "ße"));
        assertThat(send("q").getException()).isNull();
        assertThat(folder.resolve("answer.txt")).hasContent("Grüße");
    }
}
