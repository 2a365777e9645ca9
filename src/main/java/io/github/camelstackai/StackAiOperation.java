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
package io.github.camelstackai;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The operation of an endpoint: the first part of its URI, in lower case. */
public enum StackAiOperation {
    /** Runs a flow. The body becomes its output. */
    RUN,
    /** Runs a flow. The body becomes a {@link StackAiStream} of its output, or with {@code streamMode=collect} the output. */
    STREAM,
    /** Sends feedback on a run. */
    FEEDBACK,
    /** Retrieves the metadata of a run, or of the flow. */
    METADATA,
    /** Lists the runs of a flow, or consumes them as they end. */
    RUNS,
    /** Uploads, lists, downloads or deletes the files of a flow's input node. */
    DOCUMENTS,
    /** Uploads, lists or deletes the files of a knowledge base. */
    KNOWLEDGE;

    /** @throws IllegalArgumentException if no operation has this name in a URI */
    static StackAiOperation of(String name) {
        return Arrays.stream(values())
                .filter(operation -> operation.uriName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown operation '" + name
                        + "' in the stackai URI: use "
                        + Arrays.stream(values()).map(StackAiOperation::uriName).collect(Collectors.joining(", "))
                        + ", as in stackai:run:flowId"));
    }

    /** As URIs name it. */
    String uriName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
