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
import io.github.camelstackai.protocol.LogTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Examines the log of runs: what it has, and whether a run that was just made appears in it. */
final class LogExam {
    private static final Duration TOLERANCE = Duration.ofMinutes(10);
    /** A date and a time that name no zone. */
    private static final String LOCAL = "[\\d-]+[ Tt][\\d:.]+";

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
            if (answer.isRefused()) {
                findings.judge(Check.LOG_KEY, answer, false);
            } else {
                findings.unknown(Check.LOG_KEY, answer.form());
            }
            return;
        }
        findings.judge(Check.LOG_KEY, true, "status " + answer.status());
        JsonNode page = answer.json();
        if (page.isArray() && page.isEmpty()) {
            findings.unknown(Check.LOG_ARRAY, "0 runs");
            return;
        }
        boolean runs = page.isArray() && all(page).allMatch(run -> run.has("run_id") && run.has("state"));
        findings.judge(Check.LOG_ARRAY, answer, runs, page.isArray() ? page.size() + " runs" : Json.shape(page));
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
                all(page).map(run -> date(run.path("date"))).toList();
        if (dates.isEmpty()) {
            return;
        }
        boolean read = dates.stream().allMatch(Optional::isPresent);
        findings.judge(Check.LOG_DATES, read, read ? "dates" : "a date in another form");
        List<Instant> order = dates.stream().flatMap(Optional::stream).toList();
        if (read && order.stream().distinct().count() > 1) {
            boolean newestFirst =
                    order.stream().sorted(Comparator.reverseOrder()).toList().equals(order);
            findings.judge(Check.LOG_NEWEST_FIRST, newestFirst, newestFirst ? "newest first" : "another order");
        }
    }

    /** As the component reads it: without a zone, UTC. */
    private static Optional<Instant> date(JsonNode date) {
        return Optional.ofNullable(LogTime.parseOrNull(date.isNumber() ? date.numberValue() : date.textValue()));
    }

    /** Waits until the log has the run, which ended just now. */
    void find(String runId, String user) throws InterruptedException {
        if (!findings.is(Check.LOG_KEY, Verdict.AS_ASSUMED) || findings.is(Check.LOG_ARRAY, Verdict.OTHERWISE)) {
            return;
        }
        Instant ended = Instant.now();
        Instant deadline = ended.plus(limits.logged());
        while (true) {
            Response ofUser = search(user);
            boolean byUser = in(ofUser, runId).isPresent();
            Response last = byUser ? ofUser : search("");
            Optional<JsonNode> run = in(last, runId);
            if (run.isPresent()) {
                Duration delay = Duration.between(ended, Instant.now());
                findings.judge(Check.LOG_DELAY, true, "after " + ConnectionExam.millis(delay));
                // the log may have got the run between the two answers
                byUser(byUser ? ofUser : search(user), runId, user);
                found(run.get());
                return;
            }
            if (Instant.now().isAfter(deadline)) {
                late(last);
                return;
            }
            Thread.sleep(limits.poll().toMillis());
        }
    }

    /** @param user empty for runs of all users */
    private Response search(String user) {
        String ofUser = user.isEmpty() ? "" : "&user_id=" + Service.encode(user);
        return page("log of runs, the run just made", "?page=0&page_size=100" + ofUser);
    }

    private void late(Response last) {
        if (last.isOk()) {
            findings.judge(
                    Check.LOG_DELAY,
                    last,
                    false,
                    "not within " + limits.logged().toSeconds() + " s");
        } else {
            findings.unknown(Check.LOG_DELAY, last.form());
        }
    }

    private static Optional<JsonNode> in(Response page, String runId) {
        return all(page.json())
                .filter(run -> runId.equals(run.path("run_id").asText()))
                .findFirst();
    }

    /** A log that ignores the parameter has the run too, among those of other users. */
    private void byUser(Response ofUser, String runId, String user) {
        boolean found = in(ofUser, runId).isPresent();
        if (found && !all(ofUser.json()).allMatch(run -> run.hasNonNull("user_id"))) {
            findings.unknown(Check.LOG_BY_USER, "found, and not all runs name their user");
            return;
        }
        boolean alone = all(ofUser.json())
                .allMatch(run -> user.equals(run.path("user_id").asText()));
        findings.judge(
                Check.LOG_BY_USER,
                ofUser,
                found && alone,
                !found ? "found only without user_id" : alone ? "found" : "found among runs of others");
    }

    private void found(JsonNode run) {
        Optional<Instant> date = date(run.path("date"));
        if (!run.path("date").asText().strip().matches(LOCAL)) {
            findings.unknown(Check.LOG_UTC, "the date needs no zone, or has one");
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
