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
 * @param title what a reader of the page finds it by
 * @param answer what is right to answer
 * @param expected the body that it brings, or the type of it
 */
record Call(String title, String uri, Answer answer, Object expected) {
    static final Call RUN = new Call("run", "stackai:run:f", Answer.RUN, "Grüße");
    /** As far as the first frame. */
    static final Call STREAM =
            new Call("stream", "stackai:stream:f", Answer.STREAM_FROM_THE_FIRST_FRAME, StackAiStream.class);

    static final Call READ = new Call("stream, read on", "stackai:stream:f", Answer.STREAM, "Grüße");
    static final Call COLLECT =
            new Call("stream, collected", "stackai:stream:f?streamMode=collect", Answer.STREAM, "Grüße");
    static final Call FEEDBACK =
            new Call("feedback", "stackai:feedback:f?runId=r1", Answer.FEEDBACK, Map.of("zähler", 1));
    static final Call METADATA =
            new Call("metadata", "stackai:metadata:f?runId=r1", Answer.METADATA, Map.of("name", "Grüße"));

    /** Those that meet a fault before a first frame is there. */
    static final List<Call> BEGINNING = List.of(RUN, STREAM, COLLECT, FEEDBACK, METADATA);

    static final List<Call> ALL = List.of(RUN, STREAM, READ, COLLECT, FEEDBACK, METADATA);

    boolean isRight(Object body) {
        return expected instanceof Class<?> type ? type.isInstance(body) : expected.equals(body);
    }
}
