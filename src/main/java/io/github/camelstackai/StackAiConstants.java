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

/** Names of the message headers that the component reads and sets. */
public final class StackAiConstants {
    @Metadata(description = "Overrides the flow of the URI.", javaType = "String", label = "producer")
    public static final String FLOW_ID = "CamelStackAiFlowId";

    @Metadata(description = "Overrides the organisation of the options.", javaType = "String", label = "producer")
    public static final String ORG_ID = "CamelStackAiOrgId";

    @Metadata(
            description = "Overrides the version of the flow; -1 is the latest published one.",
            javaType = "Integer",
            label = "producer")
    public static final String VERSION = "CamelStackAiVersion";

    @Metadata(
            description = "Inputs of the flow by node name, laid over those of the body.",
            javaType = "Map",
            label = "producer")
    public static final String INPUTS = "CamelStackAiInputs";

    @Metadata(
            description = "The user_id that keys the flow's memory; use a value of its own for each conversation.",
            javaType = "String",
            label = "producer")
    public static final String USER_ID = "CamelStackAiUserId";

    @Metadata(
            description = "The run: set by run and stream, read by feedback and metadata.",
            javaType = "String",
            label = "producer")
    public static final String RUN_ID = "CamelStackAiRunId";

    @Metadata(
            description =
                    "Access token of the signed-in user, with the option sso; removed from the message once read.",
            javaType = "String",
            label = "producer",
            secret = true)
    public static final String ACCESS_TOKEN = "CamelStackAiAccessToken";

    @Metadata(
            description = "State of the run as the service names it, such as COMPLETED or PAUSED.",
            javaType = "String",
            label = "producer")
    public static final String STATE = "CamelStackAiState";

    @Metadata(description = "All outputs of the run by node name.", javaType = "Map", label = "producer")
    public static final String OUTPUTS = "CamelStackAiOutputs";

    @Metadata(description = "The citations of the response, where it has any.", javaType = "Object", label = "producer")
    public static final String CITATIONS = "CamelStackAiCitations";

    @Metadata(
            description = "What a paused run waits for, as the service describes it.",
            javaType = "Object",
            label = "producer")
    public static final String PAUSE = "CamelStackAiPause";

    @Metadata(
            description = "Milliseconds that the service asked to wait before the next attempt; set on a failure that"
                    + " carried Retry-After, and heeded by Camel's redelivery.",
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
