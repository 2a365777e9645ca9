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

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiFailure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The result of each document, as a CSV file for users and as the state from which the next batch continues. The row of an
 * answered document is written after its answer, and says which content was answered, and by which flow. Thread-safe.
 */
final class Summary extends ServiceSupport implements IdempotentRepository, AutoCloseable {
    private static final String ANSWERED = "answered";
    private static final String FAILED = "failed";
    private static final String[] COLUMNS = {"document", "status", "finished", "run", "reason", "content", "flow"};
    private static final CSVFormat ROWS =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    private static final CSVFormat WITH_HEADER =
            ROWS.builder().setHeader(COLUMNS).get();

    /** Documents that have a row or are in process. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private final CSVPrinter rows;
    private final String flow;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    /**
     * @param flow the service, organisation and flow that answer the documents
     * @param documents the content of each document, see {@link Documents}; a row of another content is removed
     * @param retryFailed whether to remove the rows of documents that failed in an earlier batch
     * @throws IllegalArgumentException if the file has results of another flow
     */
    Summary(Path file, String flow, Map<String, String> documents, boolean retryFailed) throws IOException {
        this.flow = flow;
        Files.createDirectories(file.toAbsolutePath().getParent());
        List<CSVRecord> earlier = read(file);
        refuseOtherFlows(file, earlier);
        List<CSVRecord> kept = earlier.stream()
                .filter(row -> !retryFailed || !FAILED.equals(row.get(1)))
                .filter(row -> documents.getOrDefault(row.get(0), row.get(5)).equals(row.get(5)))
                .toList();
        Path rewritten = file.resolveSibling(file.getFileName() + ".new");
        try (CSVPrinter printer = WITH_HEADER.print(rewritten, StandardCharsets.UTF_8)) {
            printer.printRecords(kept);
        }
        Files.move(rewritten, file, StandardCopyOption.REPLACE_EXISTING);
        kept.forEach(row -> known.add(row.get(0)));
        rows = ROWS.print(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND));
    }

    private void refuseOtherFlows(Path file, List<CSVRecord> earlier) {
        for (CSVRecord row : earlier) {
            String other = row.size() == COLUMNS.length ? row.get(6) : "an unknown flow";
            if (!other.equals(flow)) {
                throw new IllegalArgumentException(file + " has results of " + other + ", not of " + flow
                        + "; choose another folder with -Dresults=FOLDER, or delete it");
            }
        }
    }

    /** Returns the rows of earlier batches, without a last row that a kill truncated. */
    private static List<CSVRecord> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        return ROWS.builder()
                .setHeader(COLUMNS)
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(whole))
                .getRecords();
    }

    /** Number of documents answered by this batch. */
    int answered() {
        return answered.get();
    }

    /** Number of documents that failed in this batch. */
    int failed() {
        return failed.get();
    }

    /** Adds the row of an answered document. */
    void answered(Exchange exchange) throws IOException {
        String run = exchange.getMessage().getHeader(StackAiConstants.RUN_ID, String.class);
        write(exchange, ANSWERED, run, "");
        answered.incrementAndGet();
    }

    /** Adds the row of a failed document. */
    void failed(Exchange exchange) throws IOException {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String run = cause instanceof StackAiFailure failure ? failure.getRunId() : null;
        write(exchange, FAILED, run, cause.getMessage());
        failed.incrementAndGet();
    }

    private synchronized void write(Exchange exchange, String status, String run, String reason) throws IOException {
        String document = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        rows.printRecord(
                oneLine(document),
                status,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                run,
                oneLine(reason),
                exchange.getProperty(Documents.CONTENT),
                flow);
        rows.flush();
    }

    private static String oneLine(String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ");
    }

    @Override
    public boolean add(String document) {
        return known.add(oneLine(document));
    }

    @Override
    public boolean contains(String document) {
        return known.contains(oneLine(document));
    }

    /** Does nothing: this batch does not repeat a document that failed. */
    @Override
    public boolean remove(String document) {
        return false;
    }

    @Override
    public boolean confirm(String document) {
        return true;
    }

    @Override
    public void clear() {
        known.clear();
    }

    @Override
    public synchronized void close() throws IOException {
        rows.close();
    }
}
