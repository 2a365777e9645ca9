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

import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.simulator.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A place in a response whose text a message, an exception or a log may show.
 *
 * @param uri the endpoint that is called
 * @param reply makes the reply that has the text in that place
 */
record ResponsePlace(String name, String uri, Function<String, Reply> reply) {
    private static final String RUN = "stackai:run:f";
    private static final String STREAM = "stackai:stream:f";
    private static final String COLLECT = "stackai:stream:f?streamMode=collect";

    static final List<ResponsePlace> ALL = List.of(
            new ResponsePlace("detail", RUN, text -> Reply.error(400, text)),
            new ResponsePlace("detail that is an object", RUN, text -> Reply.error(400, Map.of(text, text))),
            new ResponsePlace(
                    "validation error",
                    RUN,
                    text -> Reply.error(422, List.of(Map.of("loc", List.of(text), "msg", text, "type", text)))),
            new ResponsePlace(
                    "page of a gateway", STREAM, text -> Reply.text(text).withStatus(502)),
            new ResponsePlace("reason phrase", RUN, text -> head("HTTP/1.1 400 " + text, "")),
            new ResponsePlace("status line", RUN, text -> head(text, "")),
            new ResponsePlace("header", RUN, text -> head("HTTP/1.1 400 no", "X-Why: " + text)),
            new ResponsePlace("name of a header", RUN, text -> head("HTTP/1.1 400 no", text)),
            new ResponsePlace(
                    "malformed header line with the credential",
                    RUN,
                    text -> head("HTTP/1.1 200 OK", "Authorization Bearer sim-key " + text)),
            new ResponsePlace("Location", RUN, text -> head("HTTP/1.1 302 no", "Location: " + text)),
            new ResponsePlace("Retry-After", RUN, text -> head("HTTP/1.1 429 no", "Retry-After: " + text)),
            new ResponsePlace("Content-Length", RUN, text -> head("HTTP/1.1 200 OK", "Content-Length: " + text)),
            new ResponsePlace("Transfer-Encoding", RUN, text -> head("HTTP/1.1 200 OK", "Transfer-Encoding: " + text)),
            new ResponsePlace(
                    "size of a chunk",
                    COLLECT,
                    text -> head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked\r\n\r\n" + text + "\r\n{}")),
            new ResponsePlace("body that is not JSON", RUN, Reply::text),
            new ResponsePlace("token of JSON", RUN, text -> Reply.text("{" + text)),
            new ResponsePlace("error of a run", RUN, text -> Reply.json(Map.of("error", text, "run_id", text))),
            new ResponsePlace(
                    "state of a run",
                    RUN,
                    text -> Reply.json(Map.of("state", "FAILED", "error", Map.of("text", text)))),
            new ResponsePlace(
                    "run id", RUN, text -> Reply.json(Map.of("outputs", Map.of("out-0", text), "run_id", text))),
            new ResponsePlace(
                    "names of outputs",
                    RUN + "?output=none",
                    text -> Reply.json(Map.of("outputs", Map.of(text, "x"), "run_id", text))),
            new ResponsePlace(
                    "name of a feedback count", "stackai:feedback:f?runId=r", text -> Reply.json(Map.of(text, text))),
            new ResponsePlace("metadata", "stackai:metadata:f", text -> Reply.json(Map.of(text, text))),
            new ResponsePlace("first line that is no frame", STREAM, Reply::text),
            new ResponsePlace("error of a first frame", STREAM, text -> lines(Map.of("error", text, "run_id", text))),
            new ResponsePlace(
                    "error of a later frame",
                    COLLECT,
                    text -> lines(
                            Map.of("outputs", Map.of("out-0", text), "run_id", text),
                            Map.of("error", text, "run_id", text))),
            new ResponsePlace(
                    "progress of a frame",
                    COLLECT,
                    text -> lines(Map.of("progress_data", Map.of("error", text), "state", text, "run_id", text))),
            new ResponsePlace(
                    "later line that is no frame", COLLECT, text -> Reply.text("{\"outputs\":{}}\n" + text + "\n{}\n")),
            new ResponsePlace(
                    "field of an event", COLLECT, text -> Reply.text("event: " + text + "\nid: " + text + "\n\n")));

    /** A response that consists of this head. */
    private static Reply head(String status, String header) {
        return Reply.raw(new String(
                (status + "\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private static Reply lines(Object... frames) {
        Reply reply = Reply.chunks();
        for (Object frame : frames) {
            reply = reply.chunk(Json.text(frame) + "\n");
        }
        return reply;
    }

    @Override
    public String toString() {
        return name;
    }
}
