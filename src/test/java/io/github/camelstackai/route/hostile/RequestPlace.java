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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.protocol.Json;
import io.github.camelstackai.simulator.RecordedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A place in a message that may reach a request.
 *
 * @param put puts a text into the place
 * @param arrived finds the text in the request; null where it must not arrive
 */
record RequestPlace(
        String name, String uri, BiConsumer<Message, String> put, Function<RecordedRequest, Object> arrived) {
    private static final String RUN = "stackai:run:f";
    private static final int ORG = 4;
    private static final int FLOW = 5;

    static final List<RequestPlace> ALL = List.of(
            header("flow", "stackai:run", StackAiConstants.FLOW_ID, request -> segment(request, FLOW)),
            header("flow of a stream", "stackai:stream", StackAiConstants.FLOW_ID, request -> segment(request, FLOW)),
            header("flow of metadata", "stackai:metadata", StackAiConstants.FLOW_ID, request -> segment(request, FLOW)),
            header("organisation", RUN, StackAiConstants.ORG_ID, request -> segment(request, ORG)),
            header("user", RUN, StackAiConstants.USER_ID, request -> request.json()
                    .get("user_id")),
            header("version", RUN, StackAiConstants.VERSION, request -> request.query("version")),
            header("run of feedback", "stackai:feedback:f", StackAiConstants.RUN_ID, request -> request.json()
                    .get("run_id")),
            header(
                    "run of metadata",
                    "stackai:metadata:f",
                    StackAiConstants.RUN_ID,
                    request -> request.query("run_id")),
            header("token", "stackai:stream:f?sso=true", StackAiConstants.ACCESS_TOKEN, RequestPlace::token),
            header("Content-Type", RUN, Exchange.CONTENT_TYPE, null),
            header("header of another component", RUN, "X-Foreign", null),
            header("Host", RUN, "Host", null),
            header("Authorization", RUN, "Authorization", null),
            header("Transfer-Encoding", RUN, "Transfer-Encoding", null),
            header("path of camel-http", RUN, Exchange.HTTP_PATH, null),
            header("URI of camel-http", RUN, Exchange.HTTP_URI, null),
            header("query of camel-http", RUN, Exchange.HTTP_QUERY, null),
            header("method of camel-http", RUN, Exchange.HTTP_METHOD, null),
            new RequestPlace("name of a header", RUN, (message, text) -> message.setHeader(text, "x"), null),
            new RequestPlace(
                    "input", RUN, Message::setBody, request -> request.json().get("in-0")),
            new RequestPlace("input as bytes", RUN, RequestPlace::setBytes, request -> request.json()
                    .get("in-0")),
            new RequestPlace(
                    "name of an input", RUN, (message, text) -> message.setBody(Map.of(text, "x")), RequestPlace::name),
            new RequestPlace(
                    "input of the header",
                    RUN,
                    (message, text) -> message.setHeader(StackAiConstants.INPUTS, Map.of("in-1", text)),
                    request -> request.json().get("in-1")),
            new RequestPlace("feedback", "stackai:feedback:f?runId=r", Message::setBody, request -> request.json()
                    .get("feedback")));

    private static RequestPlace header(
            String name, String uri, String header, Function<RecordedRequest, Object> arrived) {
        return new RequestPlace(name, uri, (message, text) -> message.setHeader(header, text), arrived);
    }

    private static void setBytes(Message message, String text) {
        message.setBody(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String segment(RecordedRequest request, int index) {
        String path = request.rawUri().split("[?]", 2)[0];
        String[] segments = path.split("/", -1);
        int length = FLOW + 1 + (path.endsWith("/metadata") ? 1 : 0);
        if (segments.length != length) {
            return "a path of " + segments.length + " segments: " + path;
        }
        return URLDecoder.decode(segments[index].replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The name of the input; null for none. Read as a value, since newer versions of Jackson refuse unpaired surrogates in names. */
    private static Object name(RecordedRequest request) {
        String body = request.text();
        int end = body.lastIndexOf(":\"x\"");
        try {
            return end < 0 ? null : new Json().read(body.substring(1, end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String token(RecordedRequest request) {
        return request.header("Authorization").substring("Bearer ".length());
    }

    @Override
    public String toString() {
        return name;
    }
}
