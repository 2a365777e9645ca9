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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiIndexingException;
import io.github.camelstackai.text.Redactor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexingErrorMapperTest {
    @Test
    void failureNamesUploadFileAndReasonWithoutACredential() {
        IOException cause = new IOException("reset");
        StackAiIndexingException failure = IndexingErrorMapper.notIndexed(
                "upload of topsecret.txt",
                new CallDescription("The call", Redactor.of(List.of("topsecret"))),
                "its status is parsed",
                "base",
                "r-topsecret",
                "parsed",
                cause);
        assertThat(failure)
                .hasMessage("upload of [credential].txt: the file was stored with the id r-[credential],"
                        + " but its status is parsed")
                .hasCause(cause);
        assertThat(failure.getStatus()).isEqualTo("parsed");
        assertThat(failure.mayHaveRun()).isTrue();
    }
}
