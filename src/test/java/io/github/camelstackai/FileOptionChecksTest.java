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

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileOptionChecksTest {
    private final StackAiConfiguration options = new StackAiConfiguration();
    private final StackAiConfiguration defaults = new StackAiConfiguration();

    @ParameterizedTest
    @CsvSource({
        "DOCUMENTS,STATUS",
        "DOCUMENTS,SYNC",
        "KNOWLEDGE,DOWNLOAD",
    })
    void actionThatDoesNotFitIsRefusedByName(StackAiOperation operation, StackAiFileAction action) {
        options.setAction(action);
        assertThatThrownBy(() -> FileOptionChecks.fits(operation, null, options, defaults))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("action", "'" + action + "'", operation.uriName(), "upload, list");
    }

    @ParameterizedTest
    @CsvSource({"DOCUMENTS,DOWNLOAD", "DOCUMENTS,DELETE", "KNOWLEDGE,STATUS", "KNOWLEDGE,SYNC", "RUN,SYNC"})
    void actionThatFitsIsAccepted(StackAiOperation operation, StackAiFileAction action) {
        options.setAction(action);
        assertThatCode(() -> FileOptionChecks.fits(operation, null, options, defaults))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"DOCUMENTS,UPLOAD", "RUN,UPLOAD", "KNOWLEDGE,LIST"})
    void waitThatHasNoEffectIsRefusedUnlessTheComponentSetsIt(StackAiOperation operation, StackAiFileAction action) {
        options.setAction(action);
        options.setAwaitIndexed(true);
        assertThatThrownBy(() -> FileOptionChecks.fits(operation, null, options, defaults))
                .hasMessageContaining("awaitIndexed");
        defaults.setAwaitIndexed(true);
        assertThatCode(() -> FileOptionChecks.fits(operation, null, options, defaults))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"KNOWLEDGE,false", "DOCUMENTS,true"})
    void knowledgeHasNoFlow(StackAiOperation operation, boolean accepted) {
        if (accepted) {
            assertThatCode(() -> FileOptionChecks.fits(operation, "f", options, defaults))
                    .doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> FileOptionChecks.fits(operation, "f", options, defaults))
                    .hasMessageContainingAll("knowledgeBaseId", "CamelStackAiKnowledgeBaseId");
        }
    }
}
