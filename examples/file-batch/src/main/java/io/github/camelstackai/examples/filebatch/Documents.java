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
package io.github.camelstackai.examples.filebatch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** The documents of a folder, and the content of each as a hash. */
final class Documents {
    /** Exchange property: the content of the document. */
    static final String CONTENT = "content";

    private static final int LENGTH = 16;

    private Documents() {}

    /** The contents by name of the files that the file component reads, which ignores names that begin with a dot. */
    static Map<String, String> in(Path folder) throws IOException {
        List<Path> documents;
        try (Stream<Path> files = Files.walk(folder)) {
            documents = files.filter(Files::isRegularFile).toList();
        }
        Map<String, String> contents = new TreeMap<>();
        for (Path document : documents) {
            String name = folder.relativize(document).toString();
            if (!name.matches("(.*/)?\\..*")) {
                contents.put(name, content(document));
            }
        }
        return contents;
    }

    /** Remembers the content of the document that is going to be answered. */
    static void remember(Exchange exchange) throws IOException {
        exchange.setProperty(
                CONTENT, content(exchange.getMessage().getBody(File.class).toPath()));
    }

    private static String content(Path document) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(document));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
