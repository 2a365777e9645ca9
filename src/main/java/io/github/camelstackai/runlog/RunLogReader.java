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
package io.github.camelstackai.runlog;

import io.github.camelstackai.call.CallResult;
import io.github.camelstackai.protocol.FlowTarget;
import io.github.camelstackai.protocol.LoggedRun;
import io.github.camelstackai.protocol.RunQuery;
import io.github.camelstackai.protocol.RunState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.camel.spi.IdempotentRepository;

/**
 * Reads from the log of a flow the runs that a consumer has yet to process. One thread at a time reads, between {@link #tryBegin} and
 * {@link #end}; any may {@link #cancel} or {@link #open}.
 */
public final class RunLogReader {
    /**
     * What is read.
     *
     * @param states empty for all that have ended or paused
     * @param userId null for all
     * @param startTime null if it is not set
     * @param startMoves whether the start is a duration before now
     * @param repository null for none
     */
    public record Parameters(
            FlowTarget target,
            Set<RunState> states,
            String userId,
            Instant startTime,
            boolean startMoves,
            Duration lookback,
            IdempotentRepository repository) {}

    private final ReentrantLock reading = new ReentrantLock();
    private final LogPages pages;
    private final Parameters parameters;
    private final Supplier<Instant> clock;
    private final SeenRuns seen;
    private final LogPosition position;
    private final OpenRuns open = new OpenRuns();
    /** Whether a run that ends is selected, so that runs which have not ended are followed. */
    private final boolean followsOpen;

    private final Set<LoggedRun> unconfirmed = new HashSet<>();
    private final FailedRuns failures = new FailedRuns();
    /** Whether the log has been searched for runs that had not ended before what is read. */
    private boolean openKnown;

    private RunQuery query;
    /** Of the reading that is not complete; null for none. */
    private UntoldRuns selection;

    private volatile boolean cancelled;
    /** Of the page that the reading thread waits for; null while it waits for none. */
    private volatile CompletableFuture<CallResult> current;

    /** Looks up in the repository how far the log has been read. */
    public RunLogReader(LogPages pages, Parameters parameters, Supplier<Instant> clock) {
        this.pages = pages;
        this.parameters = parameters;
        this.clock = clock;
        this.followsOpen =
                parameters.states().isEmpty() || parameters.states().stream().anyMatch(RunState::isEnd);
        this.seen = new SeenRuns(parameters.repository(), clock);
        this.position = new LogPosition(
                seen,
                name(parameters.target()),
                parameters.lookback(),
                new LogPosition.Start(parameters.startTime(), parameters.startMoves()),
                clock.get());
    }

    /** Begins a reading, unless another thread reads; false then. */
    public boolean tryBegin() {
        return reading.tryLock();
    }

    /** Ends the reading that this thread has begun. */
    public void end() {
        reading.unlock();
    }

    /** Of a length that columns for keys have. */
    private static String name(FlowTarget target) {
        String consumer = target.orgId() + "/" + target.flowId();
        return UUID.nameUUIDFromBytes(consumer.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * Reads the log; waits for the service.
     *
     * @param limit the maximum number of runs; 0 for no limit
     * @return the oldest first
     * @throws CancellationException if the reader is cancelled
     * @throws Exception if a call fails
     */
    public Queue<LoggedRun> read(int limit) throws Exception {
        unconfirmed.clear();
        selection = new UntoldRuns(this::isUntold, failures::count, limit);
        Instant from = position.from();
        query = new RunQuery(parameters.states(), parameters.userId(), from);
        walk(query, selection);
        if (followsOpen) {
            readOpen(from);
        }
        Queue<LoggedRun> runs = selection.runs();
        unconfirmed.addAll(runs);
        return runs;
    }

    /** Reads runs before a date that had not ended. */
    private void readOpen(Instant to) throws Exception {
        Instant earliest = position.notBefore(clock.get().minus(OpenRuns.MAX_AGE));
        if (!openKnown && earliest.isBefore(to)) {
            walk(new RunQuery(OpenRuns.STATES, parameters.userId(), earliest, to), open::seeAll);
        }
        openKnown = true;
        for (Instant date : open.due(to, clock.get())) {
            RunQuery lookUp = new RunQuery(Set.of(), parameters.userId(), date, date.plusSeconds(1));
            walk(lookUp, runs -> {
                runs.stream().filter(open::isChanged).forEach(this::takeOpen);
                return runs.stream().anyMatch(lookUp::selects); // a service may ignore a period
            });
        }
    }

    private void takeOpen(LoggedRun run) {
        if (isSelected(run, new RunQuery(parameters.states(), parameters.userId(), null)) && !seen.contains(run)) {
            selection.select(run);
        } else {
            open.see(run);
        }
    }

    private void walk(RunQuery pageQuery, RunSelection pageSelection) throws Exception {
        LogPages.Walk walk = pages.walk(parameters.target(), null, pageQuery, 0, pageSelection);
        CallResult end = null;
        while (end == null) {
            end = walk.read(page(walk), unused -> {});
        }
        end.applyTo(null);
    }

    private boolean isSelected(LoggedRun run, RunQuery by) {
        return by.selects(run) && (!parameters.states().isEmpty() || run.isSettled());
    }

    private void follow(LoggedRun run) {
        if (followsOpen) {
            open.see(run);
        }
    }

    private boolean isUntold(LoggedRun run) {
        follow(run);
        if (!isSelected(run, query) || seen.contains(run)) {
            return false;
        }
        if (position.isBefore(run)) {
            seen.add(run);
            return false;
        }
        return true;
    }

    /** Waits for the next page. */
    private CallResult page(LogPages.Walk walk) throws Exception {
        CompletableFuture<CallResult> page = walk.next();
        current = page;
        if (cancelled) {
            page.cancel(true);
        }
        try {
            return page.get();
        } catch (InterruptedException | CancellationException e) {
            page.cancel(true);
            walk.cancelled();
            throw e;
        } finally {
            current = null;
        }
    }

    /** A run has been processed. */
    public void confirm(LoggedRun run) {
        seen.add(run);
        follow(run);
        unconfirmed.remove(run);
        failures.remove(run);
    }

    /** A run could not be processed. */
    public void fail(LoggedRun run) {
        failures.add(run);
    }

    /** What was read has been processed, except for runs that are not confirmed: they come again. */
    public void complete() {
        Instant pending = unconfirmed.stream()
                .map(LoggedRun::date)
                .reduce(selection.left(), (one, other) -> one == null || other.isBefore(one) ? other : one);
        Instant newest = selection.newest();
        position.advance(newest, pending, clock.get());
        if (newest != null) {
            failures.warn(unconfirmed, newest.minus(parameters.lookback()), clock.get());
        }
        selection = null;
    }

    /** Ends the reading in progress, withdraws its call, and fails those to come until {@link #open}. */
    public void cancel() {
        cancelled = true;
        CompletableFuture<CallResult> page = current;
        if (page != null) {
            page.cancel(true);
        }
    }

    public void open() {
        cancelled = false;
    }

    public boolean isCancelled() {
        return cancelled;
    }
}
