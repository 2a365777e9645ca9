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

import io.github.camelstackai.StackAiComponent;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.util.TimeUtils;

/** Prints the progress of the batch, and ends it when all is done or when a failure is not handled. Thread-safe. */
final class Progress extends RoutePolicySupport {
    private final int total;
    private final Summary summary;
    private final PrintStream out;
    private final boolean terminal;
    private final Runnable end;
    private final long start = System.nanoTime();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicReference<String> fault = new AtomicReference<>();

    /**
     * @param total documents to answer
     * @param terminal whether {@code out} is a terminal, on which each line replaces the last
     * @param end ends the batch after the runs in flight
     */
    Progress(int total, Summary summary, PrintStream out, boolean terminal, Runnable end) {
        this.total = total;
        this.summary = summary;
        this.out = out;
        this.terminal = terminal;
        this.end = end;
    }

    /** Why the batch ended early; null if it did not. */
    String fault() {
        return fault.get();
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        open.incrementAndGet();
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        open.decrementAndGet();
        if (exchange.isFailed()
                && fault.compareAndSet(null, exchange.getException().getMessage())) {
            end.run();
        }
    }

    /** Called when the folder has no new documents. */
    void idle() {
        if (open.get() == 1) { // the idle message itself
            end.run();
        }
    }

    void print(CamelContext context) {
        int inFlight = context.getComponent("stackai", StackAiComponent.class).callsInFlight();
        out.print(terminal ? "\r\u001b[K" + line(inFlight) : line(inFlight) + System.lineSeparator());
        out.flush();
    }

    private String line(int inFlight) {
        int done = summary.answered() + summary.failed();
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        double rate = done / seconds;
        String left =
                done == 0 ? "?" : TimeUtils.printDuration((long) (1000 * Math.max(0, total - done) / rate), false);
        return "%d of %d done, %d failed, %d in flight, %.1f/s, %s left"
                .formatted(done, total, summary.failed(), inFlight, rate, left);
    }
}
