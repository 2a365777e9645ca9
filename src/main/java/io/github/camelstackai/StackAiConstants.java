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

import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/** Names of the message headers, and of the exchange property, that the component reads and sets. */
public final class StackAiConstants {
    @Metadata(
            description = "Id of the flow. Overrides the flow of the URI. A consumer sets it to the flow of the run.",
            javaType = "String")
    public static final String FLOW_ID = "CamelStackAiFlowId";

    @Metadata(
            description = "Id of the organisation. Overrides the option orgId.",
            javaType = "String",
            label = "producer")
    public static final String ORG_ID = "CamelStackAiOrgId";

    @Metadata(
            description = "Version of the flow; -1 means the latest published version. Overrides the option version.",
            javaType = "Integer",
            label = "producer")
    public static final String VERSION = "CamelStackAiVersion";

    @Metadata(
            description = "Inputs of the flow by node name. They override those of the body.",
            javaType = "Map",
            label = "producer")
    public static final String INPUTS = "CamelStackAiInputs";

    @Metadata(
            description = "The user_id, which keys the flow's memory. Use a different value for each conversation.",
            javaType = "String")
    public static final String USER_ID = "CamelStackAiUserId";

    @Metadata(
            description = "Id of the run. The operations run and stream set it; feedback and metadata read it.",
            javaType = "String")
    public static final String RUN_ID = "CamelStackAiRunId";

    @Metadata(
            description =
                    "Access token of the signed-in user, read if the option sso is true. The component removes it from"
                            + " the message.",
            javaType = "String",
            label = "producer",
            secret = true)
    public static final String ACCESS_TOKEN = "CamelStackAiAccessToken";

    @Metadata(
            description = "State of the run as the service names it, such as COMPLETED or PAUSED.",
            javaType = "String")
    public static final String STATE = "CamelStackAiState";

    @Metadata(description = "All outputs of the run by node name.", javaType = "Map", label = "producer")
    public static final String OUTPUTS = "CamelStackAiOutputs";

    @Metadata(description = "Citations of the response, if it has any.", javaType = "Object", label = "producer")
    public static final String CITATIONS = "CamelStackAiCitations";

    @Metadata(
            description = "What a paused run waits for, as the service describes it.",
            javaType = "Object",
            label = "producer")
    public static final String PAUSE = "CamelStackAiPause";

    @Metadata(
            description = "Input node that a file is for. Overrides the option node.",
            javaType = "String",
            label = "producer")
    public static final String NODE = "CamelStackAiNode";

    @Metadata(
            description =
                    "Id of the knowledge base. Overrides the option knowledgeBaseId. The operation knowledge also sets it.",
            javaType = "String",
            label = "producer")
    public static final String KNOWLEDGE_BASE_ID = "CamelStackAiKnowledgeBaseId";

    @Metadata(
            description =
                    "Id of a file in a knowledge base. An upload sets it, also if the wait for its indexing fails;"
                            + " status and delete read it.",
            javaType = "String",
            label = "producer")
    public static final String RESOURCE_ID = "CamelStackAiResourceId";

    @Metadata(
            description =
                    "Name of the file that documents and knowledge upload, download or delete. Overrides the option fileName.",
            javaType = "String",
            label = "producer")
    public static final String FILE_NAME = Exchange.FILE_NAME;

    @Metadata(
            description = "Media type of the file to upload. Without it the header Content-Type counts, else the name.",
            javaType = "String",
            label = "producer")
    public static final String FILE_CONTENT_TYPE = Exchange.FILE_CONTENT_TYPE;

    @Metadata(
            description = "Number of the chunk within its stream, from 0, on what is sent to chunkUri.",
            javaType = "Long",
            label = "producer")
    public static final String CHUNK_INDEX = "CamelStackAiChunkIndex";

    @Metadata(
            description =
                    "Delay in milliseconds before the next redelivery. Set on a failure if the response has a Retry-After"
                            + " header; Camel's redelivery applies it.",
            javaType = "Long",
            label = "producer")
    public static final String REDELIVERY_DELAY = Exchange.REDELIVERY_DELAY;

    /**
     * Exchange property of a failed call ({@code Boolean}): whether the run may have taken place, and may have been billed. False
     * only if it certainly has not.
     */
    public static final String MAY_HAVE_RUN = "CamelStackAiMayHaveRun";

    private StackAiConstants() {}
}
