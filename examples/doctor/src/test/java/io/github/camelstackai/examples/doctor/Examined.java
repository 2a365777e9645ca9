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

import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an examination found and wrote. */
record Examined(int status, List<Finding> findings, String terminal, String report) {
    static final String FLOW = "support";
    static final String USER = "user-of-the-test";
    static final String NODE = "doc-0";
    static final String QUESTION = "Where is the parcel of Ms Lovelace?";

    static final String ANSWER = "I have found this: ";

    static final Limits LIMITS = new Limits(
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofDays(14),
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofMillis(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    /** The simulator knows one flow. */
    static void prepare(StackAiSimulator simulator) {
        simulator.flow(FLOW, inputs -> Map.of("out-0", ANSWER + inputs.get("in-0")));
        simulator.onlyFlows();
    }

    static Target target(StackAiSimulator simulator) {
        return target(simulator.baseUrl(), simulator.apiKey(), simulator.orgId());
    }

    static Target target(String baseUrl, String key, String orgId) {
        return new Target(URI.create(baseUrl), key, orgId, FLOW, null, null);
    }

    static Target with(Target target, Proxy proxy, KeyStore trust) {
        return new Target(target.base(), target.apiKey(), target.orgId(), target.flowId(), proxy, trust);
    }

    static Examination examination(Examination.Paid paid) {
        boolean all = paid == Examination.Paid.ALL;
        return new Examination(
                paid,
                Examination.inputs(QUESTION, USER),
                all ? NODE : "",
                all ? "11111111-2222-3333-4444-555555555555" : "",
                all ? "https://files.example.com/secret-contract.pdf" : "");
    }

    static Examined of(Target target, Examination examination, Limits limits, Path folder) throws Exception {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        Path report = folder.resolve("report.md");
        Doctor doctor =
                new Doctor(target, examination, limits, new PrintStream(terminal, true, StandardCharsets.UTF_8));
        int status = doctor.examine("the test", report);
        return new Examined(
                status, doctor.findings().all(), terminal.toString(StandardCharsets.UTF_8), Files.readString(report));
    }

    static Examined of(Target target, Path folder) throws Exception {
        return of(target, examination(Examination.Paid.NONE), LIMITS, folder);
    }

    Stream<Check> with(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).map(Finding::check);
    }

    List<Check> otherwise() {
        return with(Verdict.OTHERWISE).toList();
    }

    Finding finding(Check check) {
        return findings.stream()
                .filter(finding -> finding.check() == check)
                .findFirst()
                .orElseThrow();
    }
}
