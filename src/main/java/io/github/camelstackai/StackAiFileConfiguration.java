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

import java.time.Duration;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of the operations {@code documents} and {@code knowledge}. Not thread-safe. */
@UriParams
public abstract class StackAiFileConfiguration extends StackAiRunsConfiguration {
    @UriParam(
            defaultValue = "upload",
            enums = "upload,list,download,delete,status,sync",
            label = "files",
            description =
                    "Documents and knowledge: what to do. Documents: upload, list, download or delete. Knowledge: upload,"
                            + " list, status, delete or sync.")
    private StackAiFileAction action = StackAiFileAction.UPLOAD;

    @UriParam(
            label = "files",
            description = "Documents: input node of the flow that the files are for, such as doc-0, unless the header"
                    + " CamelStackAiNode is set.")
    private String node;

    @UriParam(
            label = "files",
            description =
                    "Knowledge: id (a UUID) of the knowledge base, unless the header CamelStackAiKnowledgeBaseId is set.")
    private String knowledgeBaseId;

    @UriParam(
            label = "files",
            description = "Documents and knowledge: name of the file, unless the header CamelFileName is set.")
    private String fileName;

    @UriParam(
            defaultValue = "documents",
            enums = "documents,legacy",
            label = "files,advanced",
            description = "Documents: the path for uploads, that of documents or the older upload_to_supabase_user.")
    private StackAiUploadApi uploadApi = StackAiUploadApi.DOCUMENTS;

    @UriParam(
            defaultValue = "false",
            label = "files",
            description =
                    "Knowledge: whether an upload waits, without a thread, until the file is indexed; it fails if the"
                            + " service cannot index the file. The option totalTimeout limits the wait.")
    private boolean awaitIndexed = false;

    @UriParam(
            javaType = "java.time.Duration",
            defaultValue = "2s",
            label = "files,advanced",
            description = "Knowledge: time between two requests for the status of a file that is being indexed, in"
                    + " milliseconds or as a duration such as 30s.")
    private Duration indexPollInterval = Duration.ofSeconds(2);

    StackAiFileConfiguration() {}

    public StackAiFileAction getAction() {
        return action;
    }

    public void setAction(StackAiFileAction action) {
        this.action = action;
    }

    public String getNode() {
        return node;
    }

    public void setNode(String node) {
        this.node = node;
    }

    public String getKnowledgeBaseId() {
        return knowledgeBaseId;
    }

    public void setKnowledgeBaseId(String knowledgeBaseId) {
        this.knowledgeBaseId = knowledgeBaseId;
    }

    public String getFileName() {
        return fileName;
    }

    public void setFileName(String fileName) {
        this.fileName = fileName;
    }

    public StackAiUploadApi getUploadApi() {
        return uploadApi;
    }

    public void setUploadApi(StackAiUploadApi uploadApi) {
        this.uploadApi = uploadApi;
    }

    public boolean isAwaitIndexed() {
        return awaitIndexed;
    }

    public void setAwaitIndexed(boolean awaitIndexed) {
        this.awaitIndexed = awaitIndexed;
    }

    public Duration getIndexPollInterval() {
        return indexPollInterval;
    }

    public void setIndexPollInterval(Duration indexPollInterval) {
        this.indexPollInterval = indexPollInterval;
    }
}
