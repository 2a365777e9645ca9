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
import org.apache.camel.util.TimeUtils;

/** Says on the terminal how each ticket ended, and how far the work is. Thread-safe. */
final class Report extends RoutePolicySupport {
    private static final int MAX_LENGTH = 70;

    private final int total;
    private final PrintStream out;
    private final long begun = System.nanoTime();
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
        String firstLine = firstLine(exchange.getMessage().getBody(String.class));
        if (exchange.isFailed()) {
            failed++;
            out.printf("  [%d/%d] FAILED   %-24s %s%n", done, total, ticket, firstLine);
        } else {
            out.printf("  [%d/%d] answered %-24s %s%n", done, total, ticket, firstLine);
        }
    }

    synchronized void summary(Path work, String note) {
        long millis = (System.nanoTime() - begun) / 1_000_000;
        out.printf(
                "%d of %d answered, %d failed, in %s.%s%n",
                done - failed, total, failed, TimeUtils.printDuration(millis, true), note);
        if (done > failed) {
            out.println("Each ticket lies beside its answer in " + work.resolve("answered"));
        }
        if (failed > 0) {
            out.println("Those that failed lie beside the reason in " + work.resolve("failed"));
        }
    }

    synchronized int failed() {
        return failed + total - done;
    }

    private static String firstLine(String text) {
        String line = text == null ? "" : text.lines().findFirst().orElse("");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line;
    }
}
