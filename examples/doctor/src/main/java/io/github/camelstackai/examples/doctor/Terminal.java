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

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints findings as a table. */
final class Terminal {
    private static final int ASSUMED = 64;
    private static final int DETAIL = 200;
    private static final String INDENT = " ".repeat(12);

    private final PrintStream out;
    private final Examination examination;
    private final Mask mask;

    Terminal(PrintStream out, Examination examination, Mask mask) {
        this.out = out;
        this.examination = examination;
        this.mask = mask;
    }

    void print(Findings findings) {
        row("", "check", "assumed", "seen");
        findings.all().forEach(this::print);
        Map<String, List<Check>> missing = new LinkedHashMap<>();
        findings.missing().forEach(check -> missing.computeIfAbsent(why(check), why -> new ArrayList<>())
                .add(check));
        missing.forEach((why, checks) -> out.println(
                "unknown     " + why + ": " + checks.stream().map(Check::id).collect(Collectors.joining(", "))));
        out.println();
        out.println(findings.with(Verdict.AS_ASSUMED).count() + " as assumed, "
                + findings.with(Verdict.OTHERWISE).count() + " otherwise, "
                + (findings.with(Verdict.UNKNOWN).count() + findings.missing().size()) + " unknown.");
    }

    /** @param files in words */
    void deleting(List<String> files, Duration most) {
        if (!files.isEmpty()) {
            line("Deleting " + ConnectionExam.count(files.size(), "file") + " of the doctor, for at most "
                    + most.toSeconds() + " s. Ctrl-C again ends at once, and leaves:");
            files.forEach(file -> line(INDENT + file));
        }
    }

    /** @param files in words */
    void left(List<String> files) {
        files.forEach(file -> line("Perhaps left behind, delete it in StackAI: " + file));
    }

    private String why(Check check) {
        boolean missed = check.needs().equals("–") || examination.gives(check.needs());
        return missed ? "not examined" : "needs " + check.needs();
    }

    private void print(Finding finding) {
        Check check = finding.check();
        row(finding.verdict().toString(), check.id(), check.assumed(), finding.seen());
        if (!finding.detail().isBlank() && finding.verdict() == Verdict.OTHERWISE) {
            line(INDENT + detail(mask.credentials(finding.detail())));
        }
        if (finding.verdict() == Verdict.OTHERWISE) {
            line(INDENT + "do: " + check.advice());
        }
    }

    /** After the mask, which does not know the half of a credential. */
    private static String detail(String text) {
        return text.length() > DETAIL ? "it begins: " + text.substring(0, DETAIL) + "…" : "in full: " + text;
    }

    private void row(String verdict, String check, String assumed, String seen) {
        line(("%-11s %-22s %-" + ASSUMED + "s  %s").formatted(verdict, check, assumed, seen));
    }

    private void line(String line) {
        out.println(mask.credentials(line).replaceAll("\\p{Cntrl}", " "));
    }
}
