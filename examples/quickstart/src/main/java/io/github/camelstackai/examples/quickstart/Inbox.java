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
package io.github.camelstackai.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that the route takes tickets from. It holds copies: the route moves files, and the samples shall stay. */
final class Inbox {
    private final Path tickets;
    private final Path work;

    Inbox(Path tickets, Path work) {
        this.tickets = tickets;
        this.work = work;
    }

    /** Clears away what an earlier run has left in the work folder, copies the tickets and returns their number. */
    int fill() throws IOException {
        if (!Files.isDirectory(tickets)) {
            throw new IOException("there is no folder " + tickets.toAbsolutePath());
        }
        for (String folder : List.of("inbox", "answered", "failed")) {
            delete(work.resolve(folder));
        }
        Path inbox = Files.createDirectories(work.resolve("inbox"));
        List<Path> files = files();
        for (Path file : files) {
            Files.copy(file, inbox.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        return files.size();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(tickets)) {
            // the file component passes over names that begin with a dot
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
