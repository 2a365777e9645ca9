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

/**
 * A way to call the service.
 *
 * @param title the name of the call in the documentation
 * @param answer the correct answer
 * @param expected the body that the correct answer becomes, or its type
 */
record CallVariant(String title, String uri, AnswerTemplate answer, Object expected) {
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

    /** The calls for faults before the first frame. */
    static final List<CallVariant> BEGINNING = List.of(RUN, STREAM, COLLECT, FORWARD, FEEDBACK, METADATA);

    static final List<CallVariant> ALL = List.of(RUN, STREAM, READ, COLLECT, FORWARD, FEEDBACK, METADATA);

    boolean isRight(Object body) {
        return expected instanceof Class<?> type ? type.isInstance(body) : expected.equals(body);
    }
}
