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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Examines the log of runs: what it has, and whether a run that was just made appears in it. */
final class LogExam {
    private static final Duration TOLERANCE = Duration.ofMinutes(10);
    private static final String OFFSET = ".*(Z|[+-]\\d\\d:?\\d\\d)";

    private final Target target;
    private final Service service;
    private final Limits limits;
    private final Findings findings;

    LogExam(Target target, Service service, Limits limits, Findings findings) {
        this.target = target;
        this.service = service;
        this.limits = limits;
        this.findings = findings;
    }

    void examine() {
        Response answer = page("log of runs", "?page=0&page_size=20");
        if (!answer.isOk()) {
            findings.judge(Check.LOG_KEY, false, "status " + answer.status(), answer.detail());
            return;
        }
        findings.judge(Check.LOG_KEY, true, "status " + answer.status());
        JsonNode page = answer.json();
        if (page.isArray() && page.isEmpty()) {
            findings.unknown(Check.LOG_ARRAY, "0 runs");
            return;
        }
        boolean runs = page.isArray() && all(page).allMatch(run -> run.has("run_id") && run.has("state"));
        findings.judge(Check.LOG_ARRAY, runs, page.isArray() ? page.size() + " runs" : Json.shape(page));
        if (runs) {
            dates(page);
        }
    }

    private Response page(String operation, String query) {
        return service.get(
                operation, Service.path("analytics", "org", target.orgId(), "flows", target.flowId()) + query);
    }

    private static Stream<JsonNode> all(JsonNode page) {
        List<JsonNode> runs = new ArrayList<>();
        page.forEach(runs::add);
        return runs.stream();
    }

    private void dates(JsonNode page) {
        List<Optional<Instant>> dates =
                all(page).map(run -> date(run.path("date").asText())).toList();
        if (dates.isEmpty()) {
            return;
        }
        boolean read = dates.stream().allMatch(Optional::isPresent);
        findings.judge(Check.LOG_DATES, read, read ? "dates with a time" : "a date in another form");
        if (read && dates.size() > 1) {
            List<Instant> order = dates.stream().map(Optional::get).toList();
            boolean newestFirst =
                    order.stream().sorted(Comparator.reverseOrder()).toList().equals(order);
            findings.judge(Check.LOG_NEWEST_FIRST, newestFirst, newestFirst ? "newest first" : "another order");
        }
    }

    /** Without an offset, UTC. */
    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    text.matches(OFFSET)
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Waits until the log has the run, which ended just now. */
    void find(String runId, String user) throws InterruptedException {
        if (!findings.is(Check.LOG_KEY, Verdict.AS_ASSUMED) || findings.is(Check.LOG_ARRAY, Verdict.OTHERWISE)) {
            return;
        }
        Instant ended = Instant.now();
        Instant deadline = ended.plus(limits.logged());
        while (true) {
            List<JsonNode> ofUser = runs("&user_id=" + Service.encode(user));
            Optional<JsonNode> run = in(ofUser, runId);
            Optional<JsonNode> anyUsers = run.isPresent() ? run : in(runs(""), runId);
            if (anyUsers.isPresent()) {
                Duration delay = Duration.between(ended, Instant.now());
                findings.judge(Check.LOG_DELAY, true, "after " + ConnectionExam.millis(delay));
                byUser(run.isPresent(), ofUser, user);
                found(anyUsers.get());
                return;
            }
            if (Instant.now().isAfter(deadline)) {
                findings.judge(
                        Check.LOG_DELAY, false, "not within " + limits.logged().toSeconds() + " s");
                return;
            }
            Thread.sleep(limits.poll().toMillis());
        }
    }

    private List<JsonNode> runs(String query) {
        return all(page("log of runs, the run just made", "?page=0&page_size=100" + query)
                        .json())
                .toList();
    }

    private static Optional<JsonNode> in(List<JsonNode> runs, String runId) {
        return runs.stream()
                .filter(run -> runId.equals(run.path("run_id").asText()))
                .findFirst();
    }

    /** A log that ignores the parameter has the run too, among those of other users. */
    private void byUser(boolean found, List<JsonNode> ofUser, String user) {
        if (found && !ofUser.stream().allMatch(run -> run.hasNonNull("user_id"))) {
            findings.unknown(Check.LOG_BY_USER, "found, and not all runs name their user");
            return;
        }
        boolean alone =
                ofUser.stream().allMatch(run -> user.equals(run.path("user_id").asText()));
        findings.judge(
                Check.LOG_BY_USER,
                found && alone,
                !found ? "found only without user_id" : alone ? "found" : "found among runs of others");
    }

    private void found(JsonNode run) {
        String text = run.path("date").asText();
        Optional<Instant> date = date(text);
        if (date.isPresent() && text.matches(OFFSET)) {
            findings.unknown(Check.LOG_UTC, "the date has an offset");
        } else if (date.isPresent()) {
            Duration age = Duration.between(date.get(), Instant.now());
            findings.judge(
                    Check.LOG_UTC,
                    age.abs().compareTo(TOLERANCE) < 0,
                    "read as UTC it is " + age.toSeconds() + " s ago");
        }
        boolean texts = Stream.of("inputs", "outputs", "llms")
                .map(run::path)
                .allMatch(value -> value.isTextual() || value.isNull() || value.isMissingNode());
        findings.judge(Check.LOG_TEXTS, texts, texts ? run.size() + " fields" : Json.shape(run));
    }
}
