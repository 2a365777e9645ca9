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

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of the operation {@code stream}. Not thread-safe. */
@UriParams
public abstract class StackAiStreamConfiguration {
    @UriParam(
            defaultValue = "false",
            label = "stream",
            description = "Stream: whether to run the draft of the flow instead of the published version.")
    private boolean runDraft = false;

    @UriParam(
            defaultValue = "true",
            label = "stream",
            description = "Stream: whether a frame contains only new text. If false, it contains all text so far.")
    private boolean delta = true;

    @UriParam(
            defaultValue = "false",
            label = "stream",
            description = "Stream: whether the service puts a prefix before the output.")
    private boolean prefix = false;

    @UriParam(
            defaultValue = "false",
            label = "stream",
            description =
                    "Stream: whether the service sends server-sent events instead of JSON Lines. Both are decoded.")
    private boolean sse = false;

    @UriParam(
            defaultValue = "false",
            label = "stream,security",
            description = "Stream: whether to call as the signed-in user, with the access token in the header"
                    + " CamelStackAiAccessToken. Without the header, the configured credential is used.")
    private boolean sso = false;

    @UriParam(
            defaultValue = "chunks",
            enums = "chunks,collect",
            label = "stream",
            description = "Stream: what becomes the body: a stream of chunks, or the output of the complete answer.")
    private StackAiStreamMode streamMode = StackAiStreamMode.CHUNKS;

    @UriParam(
            label = "stream",
            description =
                    "Stream with streamMode=collect: URI of an endpoint that each chunk is sent to as it arrives, in"
                            + " order, one at a time, without a waiting thread. If one fails, the run is cancelled.")
    private String chunkUri;

    @UriParam(
            defaultValue = "true",
            label = "stream",
            description = "Stream: whether to add stream=true to the inputs. Some flows send no output without it.")
    private boolean streamFlag = true;

    @UriParam(
            defaultValue = "65536",
            label = "stream,advanced",
            description = "Stream: maximum number of bytes buffered while the reader is slower than the service.")
    private int streamBufferSize = 64 * 1024;

    StackAiStreamConfiguration() {}

    public boolean isRunDraft() {
        return runDraft;
    }

    public void setRunDraft(boolean runDraft) {
        this.runDraft = runDraft;
    }

    public boolean isDelta() {
        return delta;
    }

    public void setDelta(boolean delta) {
        this.delta = delta;
    }

    public boolean isPrefix() {
        return prefix;
    }

    public void setPrefix(boolean prefix) {
        this.prefix = prefix;
    }

    public boolean isSse() {
        return sse;
    }

    public void setSse(boolean sse) {
        this.sse = sse;
    }

    public boolean isSso() {
        return sso;
    }

    public void setSso(boolean sso) {
        this.sso = sso;
    }

    public StackAiStreamMode getStreamMode() {
        return streamMode;
    }

    public void setStreamMode(StackAiStreamMode streamMode) {
        this.streamMode = streamMode;
    }

    public String getChunkUri() {
        return chunkUri;
    }

    public void setChunkUri(String chunkUri) {
        this.chunkUri = chunkUri;
    }

    public boolean isStreamFlag() {
        return streamFlag;
    }

    public void setStreamFlag(boolean streamFlag) {
        this.streamFlag = streamFlag;
    }

    public int getStreamBufferSize() {
        return streamBufferSize;
    }

    public void setStreamBufferSize(int streamBufferSize) {
        this.streamBufferSize = streamBufferSize;
    }
}
