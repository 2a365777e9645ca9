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

import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.TimeUtils;

/** Prints the outcome of each ticket, and a summary. Thread-safe. */
final class Report extends RoutePolicySupport {
    private static final int MAX_ANSWER = 70;

    private final int total;
    private final PrintStream out;
    private final long start = System.nanoTime();
    private int done;
    private int failed;

    Report(int total, PrintStream out) {
        this.total = total;
        this.out = out;
    }

    @Override
    public synchronized void onExchangeDone(Route route, Exchange exchange) {
        done++;
        String ticket = exchange.getMessage().getHeader(Exchange.FILE_NAME_ONLY, String.class);
        String line = String.valueOf(exchange.getMessage().getBody(String.class))
                .lines()
                .findFirst()
                .orElse("");
        if (exchange.isFailed()) {
            failed++;
            out.printf("  [%d/%d] FAILED   %-24s %s%n", done, total, ticket, line);
        } else {
            out.printf(
                    "  [%d/%d] answered %-24s %s%n", done, total, ticket, StringHelper.limitLength(line, MAX_ANSWER));
        }
    }

    synchronized void printSummary(Path work) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        out.printf(
                "%d of %d answered, %d failed, in %s.%n",
                done - failed, total, failed, TimeUtils.printDuration(millis, true));
        if (done > failed) {
            out.println("Answered tickets, each with its answer: " + work.resolve("answered"));
        }
        if (failed > 0) {
            out.println("Failed tickets, each with the reason: " + work.resolve("failed"));
        }
    }

    /** Includes tickets that were not processed. */
    synchronized int failed() {
        return failed + total - done;
    }
}
