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
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The routes of docs/patterns.md, as the page shows them. */
final class PatternPage {
    /** The languages that each pattern is shown in. */
    enum Language {
        JAVA,
        YAML
    }

    private static final Page PAGE = read();
    private static final ClassLoader COMPILED = compile();

    private PatternPage() {}

    static Page page() {
        return PAGE;
    }

    /** Adds the routes below a heading. */
    static void addRoutes(CamelContext context, String heading, Language language) throws Exception {
        Page section = PAGE.section(heading);
        if (language == Language.JAVA) {
            Class<?> routes = COMPILED.loadClass(section.snippet("java").className());
            context.addRoutes((RouteBuilder) routes.getDeclaredConstructor().newInstance());
        } else {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString(
                            "pattern.yaml", section.snippet("yaml").code()));
        }
    }

    private static Page read() {
        try {
            return new Page(
                    "docs/patterns.md", Files.readString(Path.of(System.getProperty("root"), "docs", "patterns.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassLoader compile() {
        try {
            Path output = Files.createDirectories(Path.of("target", "patterns"));
            List<Path> sources = new ArrayList<>();
            for (Snippet snippet : PAGE.snippets()) {
                if (snippet.isJava()) {
                    sources.add(Files.writeString(output.resolve(snippet.className() + ".java"), snippet.source()));
                }
            }
            String errors = SnippetCompiler.compile(sources, System.getProperty("java.class.path"), output);
            if (!errors.isEmpty()) {
                throw new AssertionError(errors);
            }
            return loader(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassLoader loader(Path classes) throws MalformedURLException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, PatternPage.class.getClassLoader());
    }
}
