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
package io.github.camelstackai.failure;

/** The failure of an exchange that a chunk of a run was sent on. It does not describe that run, which has begun. */
public final class ChunkExchangeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String runId;

    /**
     * @param failure of the exchange
     * @param runId of the run; null if it is not known
     */
    public ChunkExchangeException(Exception failure, String runId) {
        super(failure);
        this.runId = runId;
    }

    String runId() {
        return runId;
    }
}
