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

import io.github.camelstackai.simulator.RecordedFile;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files in any script are kept, and none of them breaks a header or a path. */
class HostileFileNameTest extends RouteTest {
    private static final String URI = "stackai:documents:f?node=doc-0&userId=u";

    private static final List<String> NAMES = List.of(
            "Vertrag für Müller.pdf",
            "契約書.pdf",
            "عقد.pdf",
            "e\u0301te\u0301.txt",
            "\uD83D\uDCC4 page.txt",
            "a\u202Efdp.exe",
            "a\"; name=\"other.txt",
            "a\r\nX-Injected: 1\r\n\r\nbody.txt",
            "100%25.txt",
            "a?b&c=d#e;f.txt",
            "a+b c.txt",
            "'; drop table files; --.txt",
            "${exchangeId} {{secret}}.txt",
            "x".repeat(300) + ".txt");

    @Test
    void nameSurvivesUploadListDownloadAndDelete() throws Exception {
        context.start();
        for (String name : NAMES) {
            Exchange uploaded = call("", name);
            assertThat(uploaded.getException()).as(name).isNull();
            RecordedFile file = stackAi().documents("f", "doc-0", "u").get(0);
            assertThat(file.name()).isEqualTo(name);
            assertThat(file.text()).isEqualTo("content");
            assertThat(file.field()).isEqualTo("file");
            assertThat(call("&action=list", name).getMessage().getBody()).isEqualTo(List.of(name));
            assertThat(call("&action=download", name).getMessage().getBody(String.class))
                    .isEqualTo("content");
            assertThat(call("&action=delete", name).getMessage().getBody()).isEqualTo(Map.of(name, true));
        }
    }

    private Exchange call(String action, String name) {
        return template.request(URI + action, exchange -> {
            exchange.getMessage().setBody("content");
            exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
        });
    }

    /** What servers do not decode: the name on the other side is the encoded one. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b.txt", "a\tb.txt", "a\u007Fb.txt"})
    void controlCharactersAreEncoded(String name) throws Exception {
        startRoute(URI);
        send("content", Map.of(Exchange.FILE_NAME, name));
        assertThat(stackAi().documents("f", "doc-0", "u").get(0).name())
                .isEqualTo(name.replace("\u0000", "%00").replace("\t", "%09").replace("\u007F", "%7F"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "C:\\Users\\passwd", "..\\passwd", "a/b/passwd"})
    void uploadHasNoPath(String name) throws Exception {
        startRoute(URI);
        send("content", Map.of(Exchange.FILE_NAME, name));
        assertThat(stackAi().documents("f", "doc-0", "u"))
                .extracting(RecordedFile::name)
                .containsExactly("passwd");
    }

    /** Stripped, it would be the name of another file. */
    @ParameterizedTest
    @ValueSource(strings = {"../../a.txt", "sub/a.txt", "C:\\a.txt"})
    void deletionNamesExactlyTheFile(String name) throws Exception {
        startRoute(URI + "&action=delete");
        template.sendBodyAndHeader(URI, "keep", Exchange.FILE_NAME, "a.txt");
        assertThat(send(null, Map.of(Exchange.FILE_NAME, name)).getMessage().getBody())
                .isEqualTo(Map.of(name, false));
        assertThat(stackAi().documents("f", "doc-0", "u")).hasSize(1);
    }

    @Test
    void addressThatIsTooLongIsRefused() throws Exception {
        startRoute(URI + "&action=download");
        assertThat(send(null, Map.of(Exchange.FILE_NAME, "x".repeat(5000))).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("characters long");
        assertThat(stackAi().requestCount()).isZero();
    }
}
