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

import io.github.camelstackai.StackAiStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A way to call the service.
 *
 * @param title the name of the call in the documentation
 * @param answer the correct answer
 * @param expected the body that the correct answer becomes, or its type; null for none
 */
record CallVariant(String title, String uri, AnswerTemplate answer, Object expected) {
    private static final String DOCUMENTS = "stackai:documents:f?node=doc-0&userId=u&fileName=Grüße.txt&action=";
    private static final String KNOWLEDGE = "stackai:knowledge?fileName=Grüße.txt&indexPollInterval=5&action=";

    static final CallVariant RUN = new CallVariant("run", "stackai:run:f", AnswerTemplate.RUN, "Grüße");
    /** Up to the first frame. */
    static final CallVariant STREAM = new CallVariant(
            "stream", "stackai:stream:f", AnswerTemplate.STREAM_FROM_THE_FIRST_FRAME, StackAiStream.class);

    static final CallVariant READ =
            new CallVariant("stream, read on", "stackai:stream:f", AnswerTemplate.STREAM, "Grüße");
    static final CallVariant COLLECT =
            new CallVariant("stream, collected", "stackai:stream:f?streamMode=collect", AnswerTemplate.STREAM, "Grüße");
    static final CallVariant FORWARD = new CallVariant(
            "stream, to chunkUri",
            "stackai:stream:f?streamMode=collect&chunkUri=direct:chunk",
            AnswerTemplate.STREAM,
            "Grüße");
    static final CallVariant FEEDBACK =
            new CallVariant("feedback", "stackai:feedback:f?runId=r1", AnswerTemplate.FEEDBACK, Map.of("zähler", 1));
    static final CallVariant METADATA = new CallVariant(
            "metadata", "stackai:metadata:f?runId=r1", AnswerTemplate.METADATA, Map.of("name", "Grüße"));
    static final CallVariant RUNS =
            new CallVariant("runs", "stackai:runs:f?limit=1", AnswerTemplate.RUNS, List.of(Map.of("run_id", "Grüße")));

    static final CallVariant SEND = new CallVariant(
            "documents upload", DOCUMENTS + "upload", AnswerTemplate.DOCUMENT, Map.of("message", "Grüße"));
    static final CallVariant NAMES =
            new CallVariant("documents list", DOCUMENTS + "list", AnswerTemplate.DOCUMENTS, List.of("Grüße.txt"));
    /** Any bytes are a file. */
    static final CallVariant DOWNLOAD =
            new CallVariant("documents download", DOCUMENTS + "download", AnswerTemplate.CONTENT, "Grüße");

    static final CallVariant REMOVE = new CallVariant(
            "documents delete", DOCUMENTS + "delete", AnswerTemplate.DELETED_DOCUMENT, Map.of("Grüße.txt", true));
    static final CallVariant STORE = new CallVariant(
            "knowledge upload", KNOWLEDGE + "upload", AnswerTemplate.RESOURCE, Map.of("resource_id", "Grüße"));
    /** The upload succeeds; the fault is that of the first request for the status. */
    static final CallVariant AWAIT = new CallVariant(
            "knowledge upload, awaited", KNOWLEDGE + "upload&awaitIndexed=true", AnswerTemplate.STATUS, Map.class);

    static final CallVariant RESOURCES = new CallVariant(
            "knowledge list", KNOWLEDGE + "list", AnswerTemplate.RESOURCES, List.of(Map.of("resource_path", "Grüße")));
    static final CallVariant STATUS =
            new CallVariant("knowledge status", KNOWLEDGE + "status", AnswerTemplate.STATUS, Map.of("status", "Grüße"));
    static final CallVariant SYNC =
            new CallVariant("knowledge sync", KNOWLEDGE + "sync", AnswerTemplate.DOCUMENT, Map.of("message", "Grüße"));
    static final CallVariant DROP =
            new CallVariant("knowledge delete", KNOWLEDGE + "delete", AnswerTemplate.DOCUMENT, null);

    /** The calls with a file or about files, and the log of runs. */
    private static final List<CallVariant> DATA =
            List.of(RUNS, SEND, NAMES, DOWNLOAD, REMOVE, STORE, AWAIT, RESOURCES, STATUS, SYNC, DROP);

    /** The calls for faults before the first frame. */
    static final List<CallVariant> BEGINNING = with(DATA, RUN, STREAM, COLLECT, FORWARD, FEEDBACK, METADATA);

    static final List<CallVariant> ALL = with(DATA, RUN, STREAM, READ, COLLECT, FORWARD, FEEDBACK, METADATA);

    private static List<CallVariant> with(List<CallVariant> more, CallVariant... calls) {
        return Stream.concat(Stream.of(calls), more.stream()).toList();
    }

    /** Those whose answer has a greatest length. */
    static List<CallVariant> allBut(CallVariant unlimited) {
        return ALL.stream().filter(call -> !call.equals(unlimited)).toList();
    }

    /** A flow, knowledge base and file of its own, by which the requests of the call are recognised. */
    String id() {
        return "00000000-0000-4000-8000-%012d".formatted(ALL.indexOf(this));
    }

    boolean isRight(Object body) {
        return expected instanceof Class<?> type ? type.isInstance(body) : Objects.equals(expected, body);
    }
}
