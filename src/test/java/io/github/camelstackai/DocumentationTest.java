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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** Somebody new finds the page of a task, learns from its first sentence what it is for, and reads each thing once. */
class DocumentationTest {
    private static final Path DOCS = Path.of("docs");
    private static final Path README = Path.of("README.md");
    private static final Path FIRST_PAGE = DOCS.resolve("README.md");
    private static final Path FOR_ASSISTANTS = DOCS.resolve("llms.txt");

    /** Shorter ones, such as headings, are alike by nature; so is the sentence that names the dependencies of snippets. */
    private static final int SENTENCE = 60;

    private static final String DEPENDENCIES = "the snippets need";
    private static final int MAX_PICTURE_BYTES = 20_000;

    @Test
    void readmeIsShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThan(150);
    }

    @Test
    void eachPageBeginsWithItsPurpose() throws IOException {
        for (DocumentationPage page : pages()) {
            assertThat(page.text()).as(page.file().toString()).matches("(?s)# [^\n]+\n\nThis page .*");
        }
    }

    @Test
    void eachPageIsNamedOnTheFirstPageAndForAssistants() throws IOException {
        List<String> names = pages().stream()
                .map(page -> DOCS.relativize(page.file()).toString())
                .toList();
        List<String> others =
                names.stream().filter(name -> !name.equals("README.md")).toList();
        assertThat(DocumentationPage.read(FIRST_PAGE).links()).containsAll(others);
        assertThat(DocumentationPage.read(FOR_ASSISTANTS).links()).containsAll(names);
    }

    /** The form of llmstxt.org: a title, a summary, and sections of links with a line on each. */
    @Test
    void listForAssistantsHasItsForm() throws IOException {
        List<String> lines = Files.readAllLines(FOR_ASSISTANTS);
        assertThat(lines.get(0)).startsWith("# ");
        assertThat(lines.get(2)).startsWith("> ");
        assertThat(lines.stream()
                        .dropWhile(line -> !line.startsWith("## "))
                        .filter(line -> !line.isEmpty() && !line.startsWith("## ")))
                .isNotEmpty()
                .allMatch(line -> line.matches("- \\[[^]]+]\\([^)]+\\): .+"));
    }

    @Test
    void noPageRepeatsASentenceOfAnother() throws IOException {
        Map<String, Path> first = new HashMap<>();
        List<String> repeated = Stream.concat(pages().stream(), Stream.of(DocumentationPage.read(README)))
                .flatMap(page -> page.sentences()
                        .filter(sentence -> sentence.length() >= SENTENCE && !sentence.contains(DEPENDENCIES))
                        .filter(sentence -> !first.computeIfAbsent(sentence, none -> page.file())
                                .equals(page.file()))
                        .map(sentence -> page.file() + " and " + first.get(sentence) + ": " + sentence))
                .toList();
        assertThat(first).hasSizeGreaterThan(500);
        assertThat(repeated).isEmpty();
    }

    @Test
    void picturesAreShownAndSayWhatTheyShow() throws Exception {
        List<String> shown = Stream.concat(pages().stream(), Stream.of(DocumentationPage.read(README)))
                .flatMap(page -> page.links().stream())
                .map(link -> Path.of(link).getFileName().toString())
                .toList();
        try (Stream<Path> pictures = Files.list(DOCS.resolve("pictures"))) {
            for (Path picture : pictures.toList()) {
                assertThat(shown).contains(picture.getFileName().toString());
                assertThat(picture)
                        .satisfies(file -> assertThat(Files.size(file)).isLessThan(MAX_PICTURE_BYTES));
                Document svg = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(picture.toFile());
                assertThat(svg.getElementsByTagName("title").getLength())
                        .as("title of %s", picture)
                        .isEqualTo(1);
            }
        }
    }

    /** The pages of docs, and those at the root that are of the same kind. */
    private static List<DocumentationPage> pages() throws IOException {
        try (Stream<Path> files = Files.list(DOCS)) {
            return Stream.concat(
                            files.filter(file -> file.toString().endsWith(".md"))
                                    .sorted(),
                            Stream.of(DOCS.resolve("../CONTRIBUTING.md"), DOCS.resolve("../SECURITY.md")))
                    .map(DocumentationPage::read)
                    .toList();
        }
    }
}
