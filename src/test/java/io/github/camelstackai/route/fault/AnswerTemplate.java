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
 * A correct answer, and ways to make it wrong.
 *
 * @param begin the part before the fault
 * @param rest the part after the fault
 */
record AnswerTemplate(String begin, String rest) {
    static final AnswerTemplate RUN =
            new AnswerTemplate("{\"outputs\":{\"out-0\":\"Grü", "ße\"},\"state\":\"COMPLETED\"}");
    static final AnswerTemplate FEEDBACK = new AnswerTemplate("{\"zähl", "er\":1}");
    static final AnswerTemplate METADATA = new AnswerTemplate("{\"name\":\"Grü", "ße\"}");
    /** Of documents: an upload, a list, a file, a deletion. */
    static final AnswerTemplate DOCUMENT = new AnswerTemplate("{\"message\":\"Grü", "ße\"}");

    static final AnswerTemplate DOCUMENTS = new AnswerTemplate("[\"Grü", "ße.txt\"]");
    static final AnswerTemplate CONTENT = new AnswerTemplate("Grü", "ße");
    static final AnswerTemplate DELETED_DOCUMENT = new AnswerTemplate("{\"Grü", "ße.txt\":true}");
    /** Of a knowledge base: an upload, a list, and any answer about a file. */
    static final AnswerTemplate RESOURCE = new AnswerTemplate("{\"resource_id\":\"Grü", "ße\"}");

    static final AnswerTemplate RESOURCES =
            new AnswerTemplate("{\"data\":[{\"resource_path\":\"Grü", "ße\"}],\"has_more\":false}");
    static final AnswerTemplate STATUS = new AnswerTemplate("{\"status\":\"Grü", "ße\"}");
    static final AnswerTemplate RUNS = new AnswerTemplate("[{\"run_id\":\"Grü", "ße\"}]");
    static final AnswerTemplate STREAM_FROM_THE_FIRST_FRAME =
            new AnswerTemplate("{\"outputs\":{\"out-0\":\"Gr", "üße\"}}\n{\"outputs\":{},\"state\":\"COMPLETED\"}\n");
    static final AnswerTemplate STREAM = new AnswerTemplate(
            "{\"outputs\":{\"out-0\":\"Grü\"}}\n{\"outputs\":{\"out-0\":\"",
            "ße\"}}\n{\"outputs\":{},\"state\":\"COMPLETED\"}\n");

    /** The first part, without the end of the body. */
    Reply begun() {
        return Reply.chunks(begin);
    }

    /** Both parts; HTTP adds the end of the body unless a fault takes its place. */
    Reply whole() {
        return Reply.chunks(begin, rest);
    }

    /** The complete answer, and a blank after {@code pause}. */
    Reply wholeBefore(Duration pause) {
        return whole().chunk(pause, " ");
    }

    Reply begunThen(String more) {
        AtomicBoolean begun = new AtomicBoolean();
        return Reply.streaming(() -> (begun.getAndSet(true) ? more : begin).getBytes(UTF_8));
    }

    Reply begunThenTrickling(Duration pause) {
        Reply reply = begun();
        for (long passed = 0; passed < Fault.TimeLimit.LONG.toMillis(); passed += pause.toMillis()) {
            reply = reply.chunk(pause, "x");
        }
        return reply;
    }

    /** The complete answer with a Content-Length that is wrong by {@code more}. */
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

    /** The simulator writes each character of a raw reply as one byte. */
    private static Reply raw(String text) {
        return Reply.raw(new String(text.getBytes(UTF_8), ISO_8859_1));
    }

    /** An answer compressed with gzip. */
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
