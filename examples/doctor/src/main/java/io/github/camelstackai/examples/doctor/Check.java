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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A named assumption of the component about the service, or about the way to it. {@code checks.md} has the texts. */
enum Check {
    DNS,
    TCP,
    PROXY,
    TLS_TRUST,
    TLS_EXPIRY,
    BASE_URL,
    CREDENTIAL,
    ORGANISATION,
    FLOW,
    LATENCY,
    CLOCK,
    CONTENT_ENCODING,
    JSON_NAN,
    ERROR_401,
    ERROR_404,
    ERROR_422,
    ERROR_402,
    ERROR_500,
    ERROR_BUSY,
    LOG_KEY,
    LOG_ARRAY,
    LOG_NEWEST_FIRST,
    LOG_DATES,
    RUN_CONNECTION,
    RUN_COMPLETED,
    RUN_RESPONSE,
    RUN_STATE,
    RUN_OUTPUT_VALUES,
    RUN_ERROR,
    RUN_PAUSE,
    RUN_DISGUISED_ERROR,
    RUN_QUIET,
    STREAM_BASE_URL,
    STREAM_COMPLETED,
    STREAM_FORM,
    STREAM_LINES,
    STREAM_DELTAS,
    STREAM_RUN_ID,
    STREAM_END_MARKER,
    STREAM_WHOLE,
    STREAM_ERROR,
    STREAM_KEEP_ALIVES,
    STREAM_FLAG,
    STREAM_LIVE,
    STREAM_SILENCE,
    STREAM_SURROGATES,
    STREAM_WITHOUT_FLAG,
    STREAM_SNAPSHOTS,
    STREAM_SSE,
    STREAM_PREFIX,
    STREAM_QUIET,
    FEEDBACK_TEXT,
    FEEDBACK_COUNTS,
    METADATA_RUN,
    LOG_DELAY,
    LOG_BY_USER,
    LOG_UTC,
    LOG_TEXTS,
    DOCUMENTS_API,
    DOCUMENTS_LIST,
    DOCUMENTS_ADD_UP,
    DOCUMENTS_DOWNLOAD,
    DOCUMENTS_DELETE,
    DOCUMENTS_LEGACY,
    DOCUMENT_URL,
    KNOWLEDGE_LIST,
    KNOWLEDGE_UPLOAD,
    KNOWLEDGE_STATUS,
    KNOWLEDGE_DELETE;

    private static final Map<String, List<String>> ROWS = rows();

    /** The name that users see. It never changes. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code sure}, {@code likely} or {@code guess}; a dash for what is no assumption about StackAI. */
    String sureness() {
        return cell(1);
    }

    /** The option that the check needs, or what has to happen; a dash for nothing. */
    String needs() {
        return cell(2);
    }

    String assumed() {
        return cell(3);
    }

    /** What to do if the assumption is wrong. */
    String advice() {
        return cell(4);
    }

    private String cell(int column) {
        return ROWS.get(id()).get(column);
    }

    private static Map<String, List<String>> rows() {
        return table().lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.asList(line.substring(2, line.length() - 2).split(" \\| ")))
                .collect(Collectors.toMap(cells -> cells.get(0).replace("`", ""), Function.identity()));
    }

    /** The rows of all checks, in Markdown. */
    static String table() {
        try (InputStream table = Check.class.getResourceAsStream("checks.md")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
