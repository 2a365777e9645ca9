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
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** Examines whether an account of StackAI behaves as the component assumes. */
public final class Doctor {
    /** How long the deletion of files may take if the user ends the process. */
    static final Duration STOP = Duration.ofSeconds(20);

    private static final String BASE_URL = "https://api.stack-ai.com";

    private final Target target;
    private final Examination examination;
    private final Limits limits;
    private final PrintStream out;
    private final Findings findings = new Findings();
    private volatile boolean stopped;

    Doctor(Target target, Examination examination, Limits limits, PrintStream out) {
        this.target = target;
        this.examination = examination;
        this.limits = limits;
        this.out = out;
    }

    /**
     * @param variables the account, named as in the environment
     * @param options the value of each option; empty for one that is not set
     * @throws IllegalArgumentException if one of them is wrong
     */
    static Doctor of(Map<String, String> variables, Function<String, String> options, PrintStream out) {
        String proxy = options.apply("proxy");
        Target target = new Target(
                Target.base(variables.getOrDefault("STACKAI_BASE_URL", BASE_URL)),
                variables.getOrDefault("STACKAI_API_KEY", ""),
                variables.getOrDefault("STACKAI_ORG_ID", ""),
                variables.getOrDefault("STACKAI_FLOW_ID", ""),
                proxy.isBlank() ? null : Proxy.of(proxy, variables.getOrDefault("STACKAI_PROXY_AUTH", "")),
                null);
        Examination examination = new Examination(
                Examination.Paid.of(options.apply("paid")),
                Examination.inputs(options.apply("input"), options.apply("user")),
                options.apply("node"),
                options.apply("knowledgeBase"),
                options.apply("documentUrl"));
        return new Doctor(target, examination, Limits.USUAL, out);
    }

    /**
     * Examines, prints the findings, and writes the report. Returns the exit status: 0 if all is as assumed, 1 if something is
     * otherwise, 2 if the service was not reached or has not accepted the credential, so that nothing else was examined.
     *
     * @param examined the account or the simulator, without names
     * @throws IllegalArgumentException if the report cannot be written; then nothing is examined
     */
    int examine(String examined, Path report) throws IOException, InterruptedException {
        Report.check(report);
        Mask mask = new Mask(target, examination);
        Terminal terminal = new Terminal(out, examination, mask);
        Service service = new Service(target, limits, findings);
        try {
            if (new ConnectionExam(target, limits, findings).examine()
                    && new AccountExam(target, service, limits, findings).examine()) {
                flow(service, terminal);
            }
        } finally {
            if (!stopped) {
                terminal.print(findings);
            }
            new Report(mask).write(examined, findings, service.calls()).save(report);
            if (!stopped) {
                out.println("Report, without credentials, names and texts: " + report);
            }
        }
        if (!examination.makesRuns() && findings.status() != Findings.NOT_EXAMINED) {
            out.println(
                    "Next: -Dpaid makes one run and one stream of the flow, which StackAI may bill; -Dpaid=all makes eight.");
        }
        return findings.status();
    }

    Findings findings() {
        return findings;
    }

    private void flow(Service service, Terminal terminal) throws InterruptedException {
        LogExam log = new LogExam(target, service, limits, findings);
        log.examine();
        files(service, terminal);
        if (examination.makesRuns()) {
            runs(service, log);
        }
    }

    /** Deletes the files whatever happens, also if the user ends the process. */
    private void files(Service service, Terminal terminal) throws InterruptedException {
        OwnFiles own = new OwnFiles(target, limits);
        Thread atShutdown = new Thread(() -> end(own, terminal));
        Runtime.getRuntime().addShutdownHook(atShutdown);
        try {
            FilesExam files = new FilesExam(service, limits, findings, own);
            if (!examination.node().isBlank()) {
                files.documents(target, examination.node());
            }
            if (!examination.knowledgeBase().isBlank()) {
                files.knowledge(examination.knowledgeBase());
            }
        } finally {
            terminal.left(own.delete());
            try {
                Runtime.getRuntime().removeShutdownHook(atShutdown);
            } catch (IllegalStateException e) {
                // it runs
            }
        }
    }

    private void end(OwnFiles own, Terminal terminal) {
        stopped = true;
        terminal.deleting(own.close(), STOP);
        try {
            own.awaitUploads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.left(own.delete());
    }

    private void runs(Service service, LogExam log) throws InterruptedException {
        RunExam run = new RunExam(service, limits, findings, examination.inputs());
        String runId = run.examine();
        if (runId != null) {
            log.find(runId, examination.user());
            run.feedback(runId);
            run.metadata(runId);
        }
        new StreamExam(service, limits, findings, examination.inputs()).examine();
        if (examination.makesAllRuns()) {
            run.quiet();
            new StreamVariants(service, findings, examination.inputs()).examine();
            if (!examination.node().isBlank() && !examination.documentUrl().isBlank()) {
                run.document(examination.node(), examination.documentUrl());
            }
        }
    }
}
