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
package io.github.camelstackai.route.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelstackai.simulator.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;

/**
 * An answer that is right, and ways to get it wrong.
 *
 * @param begin where it is cut
 */
record Answer(String begin, String rest) {
    static final Answer RUN = new Answer("{\"outputs\":{\"out-0\":\"Grü", "ße\"},\"state\":\"COMPLETED\"}");
    static final Answer FEEDBACK = new Answer("{\"zähl", "er\":1}");
    static final Answer METADATA = new Answer("{\"name\":\"Grü", "ße\"}");
    static final Answer STREAM_FROM_THE_FIRST_FRAME =
            new Answer("{\"outputs\":{\"out-0\":\"Gr", "üße\"}}\n{\"outputs\":{},\"state\":\"COMPLETED\"}\n");
    static final Answer STREAM = new Answer(
            "{\"outputs\":{\"out-0\":\"Grü\"}}\n{\"outputs\":{\"out-0\":\"",
            "ße\"}}\n{\"outputs\":{},\"state\":\"COMPLETED\"}\n");

    /** The first part, and no end. */
    Reply begun() {
        return Reply.chunks(begin);
    }

    /** All but the end that HTTP puts to it. */
    Reply whole() {
        return Reply.chunks(begin, rest);
    }

    /** Whole, and a blank this much later. */
    Reply wholeBefore(Duration pause) {
        return whole().chunk(pause, " ");
    }

    Reply begunThen(String more) {
        AtomicBoolean begun = new AtomicBoolean();
        return Reply.streaming(() -> (begun.getAndSet(true) ? more : begin).getBytes(UTF_8));
    }

    Reply begunThenTrickling(Duration pause) {
        Reply reply = begun();
        for (long passed = 0; passed < Fault.Limit.LONG.toMillis(); passed += pause.toMillis()) {
            reply = reply.chunk(pause, "x");
        }
        return reply;
    }

    /** With a Content-Length that is wrong by {@code more}. */
    Reply length(int more) {
        byte[] bytes = (begin + rest).getBytes(UTF_8);
        return Reply.bytes(bytes).header("Content-Length", Integer.toString(bytes.length + more));
    }

    Reply in(Charset charset) {
        return Reply.bytes((begin + rest).getBytes(charset)).contentType("application/json; charset=utf-8");
    }

    Reply http10() {
        return raw("HTTP/1.0 200 OK\r\n\r\n" + begin + rest);
    }

    Reply http10CutOff() {
        return raw("HTTP/1.0 200 OK\r\n\r\n" + begin);
    }

    Reply after(String what) {
        return raw(what + response());
    }

    Reply twice() {
        return raw(response() + response()).thenSilence();
    }

    private String response() {
        byte[] bytes = (begin + rest).getBytes(UTF_8);
        return "HTTP/1.1 200 OK\r\nContent-Length: " + bytes.length + "\r\n\r\n" + begin + rest;
    }

    /** The simulator takes a character for a byte here. */
    private static Reply raw(String text) {
        return Reply.raw(new String(text.getBytes(UTF_8), ISO_8859_1));
    }

    /** Some answer, packed. */
    static Reply gzip() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"outputs\":{\"out-0\":\"packed\"}}\n".getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.bytes(packed.toByteArray()).header("Content-Encoding", "gzip");
    }
}
