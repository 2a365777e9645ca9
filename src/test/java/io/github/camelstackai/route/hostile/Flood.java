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
package io.github.camelstackai.route.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A response that is crafted to exhaust memory or time, or to be taken for another response.
 *
 * @param reply makes a new reply for each call
 * @param endless whether only {@code responseTimeout} ends it
 */
record Flood(String name, Supplier<Reply> reply, boolean endless) {
    private static final int MEGA = 1 << 20;
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String JSON = "{\"outputs\":{\"out-0\":\"a\"},\"state\":\"COMPLETED\"}\n";

    static final List<Flood> ALL = List.of(
            // heads
            endless("status line", "HTTP/1.1 200 ", "x".repeat(1000)),
            endless("header line", OK + "X: ", "x".repeat(1000)),
            endless("name of a header", OK, "x".repeat(1000)),
            endless("folded header", OK + "X: y\r\n", " more\r\n".repeat(100)),
            endless("headers", OK, "X: y\r\n".repeat(100)),
            raw("10 000 headers", OK + "X: y\r\n".repeat(10_000) + "\r\n" + JSON),
            endless("empty lines before the head", "\r\n", "\r\n".repeat(100)),
            endless("interim responses", "", "HTTP/1.1 100 Continue\r\n\r\n".repeat(10))
                    .slowly(),
            // lengths
            raw("length beyond 64 bits", OK + "Content-Length: 99999999999999999999\r\n\r\n" + JSON),
            raw("length of 8 EiB", OK + "Content-Length: 9223372036854775807\r\n\r\n" + JSON),
            raw("negative length", OK + "Content-Length: -5\r\n\r\n" + JSON),
            raw("two lengths", OK + "Content-Length: 3\r\nContent-Length: 46\r\n\r\n" + JSON),
            raw("length and chunks", OK + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2e\r\n" + JSON),
            raw("chunk of 8 EiB", CHUNKED + "7FFFFFFFFFFFFFFF\r\n" + JSON),
            raw("chunk beyond 64 bits", CHUNKED + "FFFFFFFFFFFFFFFFFF\r\n" + JSON),
            raw("negative chunk size", CHUNKED + "-2e\r\n" + JSON),
            endless("size of a chunk", CHUNKED, "0".repeat(1000)),
            endless("extension of a chunk", CHUNKED + "2e;", "x".repeat(1000)),
            endless("trailers", CHUNKED + "0\r\n", "X: y\r\n".repeat(100)),
            // bodies
            body("depth of arrays", "[".repeat(MEGA)),
            body("depth of objects", "{\"a\":".repeat(MEGA)),
            body("depth inside outputs", "{\"outputs\":" + "{\"a\":".repeat(MEGA)),
            body("digits", "{\"outputs\":{\"out-0\":" + "9".repeat(MEGA) + "}}"),
            body("exponent", "{\"outputs\":{\"out-0\":1e999999999,\"out-1\":-1E-999999999},\"state\":\"COMPLETED\"}"),
            body("repeated keys", "{" + "\"outputs\":{\"out-0\":\"a\"},".repeat(10_000) + "\"state\":\"COMPLETED\"}"),
            body("many keys", "{\"outputs\":{" + keys(100_000) + "\"out-0\":\"a\"},\"state\":\"COMPLETED\"}"),
            body("large key", "{\"" + "k".repeat(8 * MEGA) + "\":1,\"outputs\":{},\"state\":\"COMPLETED\"}"),
            body(
                    "unpaired surrogates",
                    "{\"outputs\":{\"out-0\":\"\\ud800\",\"\\udc00\":\"\"},\"state\":\"COMPLETED\"}"),
            body("NUL", "{\"outputs\":{\"out-0\":\"\\u0000\"},\"state\":\"COMPLETED\"}\0\0"),
            endless("line", OK + "\r\n", "x".repeat(1000)),
            endless("one text", OK + "\r\n{\"outputs\":{\"out-0\":\"", "x".repeat(1000)),
            endless("page of a gateway", "HTTP/1.1 502 Bad Gateway\r\n\r\n", "<html>".repeat(100)));

    private static String keys(int count) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append("\"k").append(i).append("\":1,");
        }
        return keys.toString();
    }

    private static Flood raw(String name, String response) {
        return new Flood(name, () -> Reply.raw(response), false);
    }

    private static Flood body(String name, String body) {
        return new Flood(name, () -> Reply.text(body + "\n"), false);
    }

    private static Flood endless(String name, String begin, String more) {
        Supplier<Reply> reply = () -> {
            Iterator<byte[]> pieces = Stream.concat(Stream.of(begin), Stream.generate(() -> more))
                    .map(piece -> piece.getBytes(ISO_8859_1))
                    .filter(piece -> piece.length > 0)
                    .iterator();
            return Reply.raw(pieces::next);
        };
        return new Flood(name + " without end", reply, false);
    }

    /** The rate limits its size. */
    private Flood slowly() {
        return new Flood(name, () -> reply.get().trickle(1000, Duration.ofMillis(10)), true);
    }

    @Override
    public String toString() {
        return name;
    }
}
