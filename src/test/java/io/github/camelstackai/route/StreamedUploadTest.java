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
package io.github.camelstackai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.simulator.Reply;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An upload of content that can be read once, and that is refused before or after all of it was sent. */
class StreamedUploadTest extends RouteTest {
    private static final String URI = "stackai:documents:f?node=doc-0&userId=u&fileName=a.bin";
    /** More than what Camel keeps in memory, and than the buffers of both sockets. */
    private static final byte[] BYTES = new byte[12 << 20];

    static {
        new Random(1).nextBytes(BYTES);
    }

    private static Object body(boolean remote) {
        InputStream content = new ByteArrayInputStream(BYTES);
        if (!remote) {
            return content;
        }
        GenericFile<String> file = new GenericFile<>(); // as of camel-ftp with streamDownload=true
        file.setFile("remote");
        file.setBody(content);
        return file;
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false"})
    void refusedTokenIsRenewedAndTheContentSentAgainWhole(boolean remote, boolean early) throws Exception {
        component.getConfiguration().setApiKey(null);
        component.setTokenProvider(refused -> CompletableFuture.completedFuture(
                refused == null ? "old" : stackAi().apiKey()));
        startRoutes(routes -> routes.from("direct:start").streamCache("false").to(URI));
        if (early) {
            stackAi().enqueue(Reply.error(401, "expired").beforeBody());
        }
        assertThat(send(body(remote)).getException()).isNull();
        assertThat(stackAi().requestCount()).isEqualTo(2);
        assertThat(stackAi().documents("f", "doc-0", "u")).singleElement().satisfies(file -> assertThat(file.content())
                .isEqualTo(BYTES));
    }
}
