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
package io.github.camelstackai.examples.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation: its snippets, and the dependencies that it names for them. */
record Page(String name, String text) {
    /** The sentence in which a page names its dependencies. */
    private static final Pattern DEPENDENCIES = Pattern.compile(
            "[Bb]esides\\s+`camel-stackai`[^.]*?,\\s+the\\s+snippets\\s+need\\s+(.*?)\\.\\s", Pattern.DOTALL);

    private static final Pattern ARTIFACT = Pattern.compile("`([\\w.-]+)`");
    private static final Pattern MARKDOWN =
            Pattern.compile("^```(\\w+)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern ASCIIDOC =
            Pattern.compile("^\\[source,(\\w+)]\n----\n(.*?)^----$", Pattern.DOTALL | Pattern.MULTILINE);

    static List<Page> all(Path root) throws IOException {
        List<Path> files = new ArrayList<>(List.of(root.resolve("README.md")));
        for (Path folder : List.of(root.resolve("docs"), root.resolve("src/main/docs"))) {
            try (Stream<Path> pages = Files.list(folder)) {
                pages.filter(file -> file.toString().matches(".*\\.(md|adoc)"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        List<Page> pages = new ArrayList<>();
        for (Path file : files) {
            pages.add(new Page(root.relativize(file).toString(), Files.readString(file)));
        }
        return pages;
    }

    /** The artifacts, those of Camel with the prefix {@code camel-}; the simulator is one if the page shows its dependency. */
    List<String> dependencies() {
        List<String> named = new ArrayList<>();
        Matcher sentence = DEPENDENCIES.matcher(text);
        if (sentence.find()) {
            ARTIFACT.matcher(sentence.group(1)).results().forEach(name -> named.add(name.group(1)));
        }
        if (text.contains("<classifier>simulator</classifier>")) {
            named.add("simulator");
        }
        return named;
    }

    /** The part of a page from a heading to the next one of any level, with the lines of its snippets. */
    Page section(String heading) {
        Matcher section = Pattern.compile(
                        "^(#+) " + Pattern.quote(heading) + "$.*?(?=^#+ |\\z)", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(text);
        if (!section.find()) {
            throw new AssertionError(name + " has no heading " + heading);
        }
        return new Page(name, "\n".repeat(line(section.start()) - 1) + section.group());
    }

    /** @param level such as {@code ##} */
    List<String> headings(String level) {
        return Pattern.compile("^" + level + " (.*)$", Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(heading -> heading.group(1))
                .toList();
    }

    /** The only snippet in a language. */
    Snippet snippet(String language) {
        List<Snippet> found = snippets().stream()
                .filter(snippet -> snippet.language().equals(language))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " snippets in " + language + " in " + text.strip());
        }
        return found.get(0);
    }

    List<Snippet> snippets() {
        return Stream.of(MARKDOWN, ASCIIDOC)
                .flatMap(fence -> fence.matcher(text).results())
                .map(this::snippet)
                .toList();
    }

    private Snippet snippet(MatchResult fence) {
        return new Snippet(line(fence.start()), fence.group(1), fence.group(2));
    }

    private int line(int position) {
        return (int) text.substring(0, position).lines().count() + 1;
    }
}
