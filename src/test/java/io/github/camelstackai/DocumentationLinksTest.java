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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each link of the documentation leads to a file of the checkout, and to a heading that it has. */
class DocumentationLinksTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();

    /** An address of a file of this repository, which is checked as that file. */
    private static final Pattern OWN =
            Pattern.compile("https://github\\.com/camelstackai/camel-stackai/(?:blob|tree)/main/([^\\s)\"'>\\]]+)");

    @Test
    void eachLinkLeadsToAFileAndAHeading() throws IOException {
        List<DocumentationPage> pages = DocumentationPage.below(ROOT);
        assertThat(pages.stream().mapToInt(page -> page.links().size()).sum()).isGreaterThan(100);
        assertThat(problems(ROOT, pages)).isEmpty();
    }

    @Test
    void linksThatLeadNowhereAreFound(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("docs/folder"));
        Files.createDirectories(root.resolve(".github"));
        Files.writeString(root.resolve("docs/a.md"), "# A page\n\n## `Two` words: here\n\n## Two words here\n");
        Files.writeString(root.resolve("docs/b.md"), """
                [good](a.md#two-words-here-1), [good](a.md), [good](folder), [good](#same), `[code](none.md)`
                [no file](none.md) ![no picture](none.svg) [no heading](a.md#three) [outside](../../a.md)
                <img src="none.png"> [plain](http://example.com) [no address](https://)
                # Same
                ```
                [in code](none.md)
                ```
                """);
        Files.writeString(
                root.resolve(".github/config.yml"),
                "url: https://github.com/camelstackai/camel-stackai/blob/main/docs/none.md");
        Files.writeString(root.resolve("page.adoc"), "See link:docs/a.md[a] and xref:docs/c.adoc[c].");
        assertThat(problems(root, DocumentationPage.below(root)))
                .containsExactlyInAnyOrder(
                        "docs/b.md: none.md",
                        "docs/b.md: none.svg",
                        "docs/b.md: a.md#three",
                        "docs/b.md: ../../a.md",
                        "docs/b.md: none.png",
                        "docs/b.md: http://example.com",
                        "docs/b.md: https://",
                        ".github/config.yml: https://github.com/camelstackai/camel-stackai/blob/main/docs/none.md",
                        "page.adoc: docs/c.adoc");
    }

    private static List<String> problems(Path root, List<DocumentationPage> pages) {
        return pages.stream()
                .flatMap(page -> Stream.concat(
                                page.links().stream().filter(link -> !leads(root, page, link)),
                                OWN.matcher(page.text())
                                        .results()
                                        .filter(address -> !leads(root, address.group(1)))
                                        .map(MatchResult::group))
                        .map(link -> root.relativize(page.file()) + ": " + link))
                .toList();
    }

    private static boolean leads(Path root, String link) {
        return leads(root, new DocumentationPage(root.resolve("README.md"), ""), link);
    }

    private static boolean leads(Path root, DocumentationPage page, String link) {
        if (link.matches("https?:.*")) {
            return isAddress(link);
        }
        String[] parts = link.split("#", 2);
        Path file = parts[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(parts[0]).normalize();
        if (!file.startsWith(root) || !Files.exists(file)) {
            return false;
        }
        return parts.length == 1
                || (parts[0].isEmpty() ? page : DocumentationPage.read(file))
                        .anchors()
                        .contains(parts[1]);
    }

    private static boolean isAddress(String link) {
        try {
            return link.startsWith("https://") && URI.create(link).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
