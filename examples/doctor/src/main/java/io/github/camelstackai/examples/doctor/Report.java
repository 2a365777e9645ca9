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
package io.github.camelstackai.examples.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes findings and calls to a file that is fit for a bug report: without credentials, names and texts. */
final class Report {
    private static final Set<String> HEADERS = Set.of(
            "content-encoding", "transfer-encoding", "connection", "retry-after", "cache-control", "x-accel-buffering");
    private static final int MAX_PIECES = 40;

    private final StringBuilder text = new StringBuilder();
    private final Mask mask;

    Report(Mask mask) {
        this.mask = mask;
    }

    /** @throws IllegalArgumentException if it cannot be written to the file */
    static void check(Path file) {
        try {
            folder(file);
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the report cannot be written to " + file + "; choose another file by -Dreport", e);
        }
    }

    /** @param examined the account or the simulator, without names */
    Report write(String examined, Findings findings, List<Service.Call> calls) {
        line("# Report of the doctor\n");
        line("Examined: " + examined + ". " + Instant.now().truncatedTo(ChronoUnit.MINUTES) + ", Java "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name") + ".");
        line("Credentials, names and texts are replaced; text(5) is a text of five characters.\n");
        line("| check | how sure | verdict | assumed | seen |\n| --- | --- | --- | --- | --- |");
        findings.all().forEach(this::finding);
        line("\nNot examined: " + findings.missing().stream().map(Check::id).collect(Collectors.joining(", ")) + "\n");
        line("## Calls\n");
        line("| call | answer | headers | head after | end after | pieces | longest silence | body | shape |");
        line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        calls.forEach(this::call);
        calls.stream().filter(call -> call.operation().startsWith("stream")).forEach(this::stream);
        return this;
    }

    private void finding(Finding finding) {
        Check check = finding.check();
        row(check.id(), check.sureness(), finding.verdict().toString(), check.assumed(), finding.seen());
    }

    private void call(Service.Call call) {
        Response response = call.response();
        row(
                call.operation(),
                response.status() + " " + response.mediaType(),
                headers(response),
                ConnectionExam.millis(response.answered()),
                ConnectionExam.millis(response.took()),
                String.valueOf(response.pieces().size()),
                ConnectionExam.millis(response.silence()),
                String.valueOf(response.end()),
                shape(call));
    }

    private static String headers(Response response) {
        return response.head().headers().stream()
                .filter(header -> HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .map(header -> header.getKey() + ": "
                        + (header.getValue().matches("[\\w=, -]{1,40}") ? header.getValue() : "‹text›"))
                .collect(Collectors.joining("; "));
    }

    /** With {@code verbose=false} the keys may be names of nodes. */
    private static String shape(Service.Call call) {
        JsonNode json = call.response().json();
        if (call.operation().startsWith("stream")) {
            return new StreamReading(call.response()).form().toString();
        }
        return json.isMissingNode() ? "no JSON" : Json.shape(json);
    }

    private void stream(Service.Call call) {
        List<StreamReading.Item> items = new StreamReading(call.response()).items();
        line("\n## Objects of " + call.operation() + "\n");
        line("| arrived after | shape |\n| --- | --- |");
        items.stream()
                .limit(MAX_PIECES)
                .forEach(item -> row(ConnectionExam.millis(item.at()), Json.shape(item.object())));
        if (items.size() > MAX_PIECES) {
            StreamReading.Item last = items.get(items.size() - 1);
            line("| … | " + (items.size() - MAX_PIECES) + " more |");
            row(ConnectionExam.millis(last.at()), Json.shape(last.object()));
        }
    }

    private void row(String... cells) {
        line(Arrays.stream(cells)
                .map(cell -> cell.replace("|", "\\|").replaceAll("\\p{Cntrl}", " "))
                .collect(Collectors.joining(" | ", "| ", " |")));
    }

    private void line(String line) {
        text.append(mask.all(line)).append('\n');
    }

    void save(Path file) throws IOException {
        folder(file);
        Files.writeString(file, text);
    }

    private static void folder(Path file) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
    }
}
