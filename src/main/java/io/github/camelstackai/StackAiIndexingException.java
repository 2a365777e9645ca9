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

import org.apache.camel.CamelException;

/**
 * A file was uploaded to a knowledge base, and the wait for its indexing failed: the service could not index it, its status is not
 * known, or the wait took too long or was ended. The file remains in the knowledge base.
 */
public class StackAiIndexingException extends CamelException implements StackAiFailure {
    private static final long serialVersionUID = 1L;
    private final String knowledgeBaseId;
    private final String resourceId;
    private final String status;

    /**
     * @param message what happened, to which file, and what to do
     * @param status of the file when it was asked for last; null if it is not known
     * @param cause why there is no further status; null if the status is the reason
     */
    public StackAiIndexingException(
            String message, String knowledgeBaseId, String resourceId, String status, Throwable cause) {
        super(message, cause);
        this.knowledgeBaseId = knowledgeBaseId;
        this.resourceId = resourceId;
        this.status = status;
    }

    public String getKnowledgeBaseId() {
        return knowledgeBaseId;
    }

    /** Returns the id by which {@code action=status} and {@code action=delete} find the file. */
    public String getResourceId() {
        return resourceId;
    }

    /** Returns the status that the service reported last, such as {@code error}; null if it reported none. */
    public String getStatus() {
        return status;
    }

    /** Returns false: a second upload would store the file twice. */
    @Override
    public boolean isRetryable() {
        return false;
    }

    /** Returns true: the file was stored. */
    @Override
    public boolean mayHaveRun() {
        return true;
    }

    /** Returns null: no run takes place. */
    @Override
    public String getRunId() {
        return null;
    }
}
