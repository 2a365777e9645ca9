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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.simulator.Reply;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.xml.transform.stream.StreamSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A redelivery sends the inputs of the first attempt, whatever the type of the body and with and without stream caching. */
class RedeliveredBodyTest extends RouteTest {
    private static final String TEXT = "<a>Grüße</a>"; // XML, as a Source has to be
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);

    private static Map<String, Supplier<Object>> bodies() {
        Map<String, Supplier<Object>> bodies = new LinkedHashMap<>();
        bodies.put("String", () -> TEXT);
        bodies.put("CharSequence", () -> java.nio.CharBuffer.wrap(TEXT));
        bodies.put("char[]", TEXT::toCharArray);
        bodies.put("byte[]", BYTES::clone);
        bodies.put("InputStream", () -> new ByteArrayInputStream(BYTES));
        bodies.put("StreamCache", () -> new InputStreamCache(BYTES));
        bodies.put("Reader", () -> new StringReader(TEXT));
        bodies.put("ByteBuffer", () -> ByteBuffer.wrap(("xx" + TEXT).getBytes(StandardCharsets.UTF_8))
                .position(2));
        bodies.put(
                "direct ByteBuffer",
                () -> ByteBuffer.allocateDirect(BYTES.length).put(BYTES).flip());
        bodies.put("StreamSource", () -> new StreamSource(new StringReader(TEXT)));
        bodies.put("File", () -> file().toFile());
        bodies.put("Path", RedeliveredBodyTest::file);
        bodies.put("GenericFile", RedeliveredBodyTest::genericFile);
        return bodies;
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("body", ".txt");
            file.toFile().deleteOnExit();
            return Files.write(file, BYTES);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GenericFile<Object> genericFile() {
        GenericFile<Object> file = new GenericFile<>();
        file.setBody(new ByteArrayInputStream(BYTES));
        return file;
    }

    static Stream<Arguments> texts() {
        return bodies().entrySet().stream()
                .flatMap(body -> Stream.of(true, false).map(caching -> Arguments.of(body.getKey(), caching)));
    }

    private void start(boolean caching) throws Exception {
        context.setStreamCaching(caching);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(StackAiOperationFailedException.class)
                        .maximumRedeliveries(2)
                        .redeliveryDelay(1);
                from("direct:start").to("stackai:run:f");
            }
        });
        context.start();
        stackAi().enqueue(Reply.error(429, "slow down"));
        stackAi().enqueue(Reply.error(503, "later"));
    }

    private void assertThatEachAttemptSent(Object expected, Object body) {
        assertThat(send(body).getException()).isNull();
        assertThat(stackAi().requests()).hasSize(3).allSatisfy(request -> assertThat(request.json())
                .isEqualTo(Map.of("in-0", expected)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsSentAgain(String type, boolean caching) throws Exception {
        start(caching);
        assertThatEachAttemptSent(TEXT, bodies().get(type).get());
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textInsideAListIsSentAgain(String type, boolean caching) throws Exception {
        start(caching);
        assertThatEachAttemptSent(List.of(TEXT, 1), List.of(bodies().get(type).get(), 1));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(booleans = {true, false})
    void iteratorIsSentAgain(boolean caching) throws Exception {
        start(caching);
        assertThatEachAttemptSent(List.of("a", "b"), List.of("a", "b").iterator());
    }
}
