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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text of a page of the documentation: its links, headings and prose. */
record DocumentationPage(Path file, String text) {
    private static final Set<String> BUILT = Set.of("target", ".git", "node_modules");
    private static final Pattern NAME = Pattern.compile(".*\\.(md|adoc)|.*/llms\\.txt|.*/\\.github/.*\\.yml");
    private static final Pattern FENCE = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.*)$", Pattern.MULTILINE);
    private static final List<Pattern> LINKS = List.of(
            Pattern.compile("]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)"),
            Pattern.compile("^\\[[^\\]]+]:\\s+(\\S+)", Pattern.MULTILINE),
            Pattern.compile("\\b(?:src|href)=\"([^\"]+)\""),
            Pattern.compile("\\b(?:link|xref|image)::?([^\\[\\s]+)\\["));

    static DocumentationPage read(Path file) {
        try {
            return new DocumentationPage(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns every page below a folder, templates and workflows of GitHub included, without what a build has made. */
    static List<DocumentationPage> below(Path root) throws IOException {
        List<DocumentationPage> pages = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return BUILT.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (NAME.matcher(file.toString()).matches()) {
                    pages.add(read(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages;
    }

    boolean isMarkdown() {
        return file.toString().endsWith(".md");
    }

    /** Returns the targets of the links, in the form in which the page has them. */
    List<String> links() {
        String prose = isMarkdown() ? prose().replaceAll("`[^`\n]*`", "") : text;
        return LINKS.stream()
                .flatMap(form -> form.matcher(prose).results())
                .map(link -> link.group(1))
                .toList();
    }

    /** Returns the names by which links refer to the headings, as GitHub makes them. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        HEADING.matcher(prose())
                .results()
                .map(heading -> anchor(heading.group(1)))
                .forEach(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    anchors.add(before == 0 ? anchor : anchor + "-" + before);
                });
        return anchors;
    }

    private static String anchor(String heading) {
        return heading.strip()
                .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
                .replace(' ', '-');
    }

    /** Returns the sentences outside code and tables, each on one line and without the targets of its links. */
    Stream<String> sentences() {
        return Stream.of(prose().split("\n\\s*\n|\n(?=- |\\d+\\. |#)"))
                .filter(paragraph -> !paragraph.stripLeading().startsWith("|"))
                .map(paragraph -> paragraph.replaceAll("]\\([^)]*\\)", "]").replaceAll("\\s+", " "))
                .flatMap(paragraph -> Stream.of(paragraph.split("(?<=[.:;]) ")))
                .map(String::strip);
    }

    private String prose() {
        return FENCE.matcher(text).replaceAll("");
    }
}
