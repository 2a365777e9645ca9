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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.examples.launcher.Account;
import io.github.camelstackai.examples.launcher.CommandLine;
import io.github.camelstackai.simulator.RecordedRun;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints and writes, what it sends, and what it never shows. */
@Timeout(60)
class DoctorTest {
    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension(
            StackAiSimulator.builder().apiKey("key-9f27c1").orgId("acme-industries"));

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @BeforeEach
    void prepare() {
        Examined.prepare(service());
    }

    private static StackAiSimulator service() {
        return STACK_AI.simulator();
    }

    private Examined examine(Examination.Paid paid) throws Exception {
        return Examined.of(Examined.target(service()), Examined.examination(paid), Examined.LIMITS, folder);
    }

    private int command(Map<String, String> environment, Map<String, String> options) {
        PrintStream out = new PrintStream(terminal, true, StandardCharsets.UTF_8);
        return CommandLine.status(
                () -> Account.of(environment, Examined.FLOW, Trial::simulator),
                account -> Trial.status(account, environment, name -> options.getOrDefault(name, ""), out, out),
                out,
                out);
    }

    private Map<String, String> account() {
        return Map.of(
                "STACKAI_BASE_URL", service().baseUrl(),
                "STACKAI_API_KEY", service().apiKey(),
                "STACKAI_ORG_ID", service().orgId(),
                "STACKAI_FLOW_ID", Examined.FLOW);
    }

    private String terminal() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    private Map<String, String> report() {
        return Map.of("report", folder.resolve("new/report.md").toString());
    }

    @Test
    void withoutAnAccountTheSimulatorIsExaminedCompletely() throws Exception {
        assertThat(command(Map.of(), report())).as(terminal()).isZero();
        assertThat(terminal())
                .contains("No account", "A simulator in this process answers instead of StackAI")
                .contains(" as assumed, 0 otherwise, ")
                .containsPattern("as assumed +stream-live ")
                .containsPattern("as assumed +log-delay .* after \\d{4} ms")
                .doesNotContain("needs -D", "Next:");
        assertThat(folder.resolve("new/report.md")).content().contains("Examined: the simulator.");
    }

    @Test
    void withoutTheOptionNoFlowRuns() throws Exception {
        assertThat(command(account(), report())).as(terminal()).isZero();
        assertThat(service().runs()).isEmpty();
        assertThat(service().feedback()).isEmpty();
        assertThat(terminal())
                .contains("needs -Dpaid: run-connection, run-completed,", "needs -Dpaid=all: ", "needs -Dnode: ")
                .contains("Next: -Dpaid makes one run and one stream");
        assertThat(folder.resolve("new/report.md")).content().contains("Examined: an account.");
    }

    @Test
    void optionMakesOneRunAndOneStream() throws Exception {
        assertThat(examine(Examination.Paid.ONE).status()).isZero();
        assertThat(service().runs()).hasSize(2).extracting(RecordedRun::inputs).allSatisfy(inputs -> assertThat(inputs)
                .containsEntry("in-0", Examined.QUESTION)
                .containsEntry("user_id", Examined.USER));
    }

    @Test
    void allMakesNineRunsAndLeavesNoFile() throws Exception {
        assertThat(examine(Examination.Paid.ALL).status()).isZero();
        assertThat(service().runs()).hasSize(9);
        assertThat(service().resources("11111111-2222-3333-4444-555555555555")).isEmpty();
        assertThat(service().requests())
                .filteredOn(request -> request.path().contains("/documents/")
                        && request.method().equals("DELETE"))
                .hasSize(3);
    }

    @Test
    void reportHasNoNameNoTextAndNoCredential() throws Exception {
        Examined examined = examine(Examination.Paid.ALL);
        assertThat(examined.report()).contains("stream-form", "## Calls", "run_id: text(36)", "state: COMPLETED");
        List<String> secrets = List.of(
                service().apiKey(),
                service().orgId(),
                "/support",
                " support",
                "127.0.0.1",
                Examined.USER,
                "in-0",
                "out-0",
                "doc-0",
                "secret-contract",
                "files.example.com",
                "11111111-2222",
                "Lovelace",
                "parcel",
                "I have",
                "found this");
        assertThat(examined.report()).doesNotContain(secrets);
        assertThat(service().runs())
                .allSatisfy(run -> assertThat(examined.report()).doesNotContain(run.runId()));
        assertThat(examined.terminal()).doesNotContain(service().apiKey());
    }

    @Test
    void serviceThatRepeatsSecretsIsMasked() throws Exception {
        String echo = service().apiKey() + " of acme-industries may not ask \"" + Examined.QUESTION + "\"";
        service()
                .script(request -> request.method().equals("POST")
                        ? Reply.json("{\"detail\":\"" + echo.replace("\"", "'")
                                        + "\",\"Ms_Lovelace\":1,\"acme-industries\":2}")
                                .withStatus(400)
                                .header("Retry-After", service().apiKey())
                                .header("Connection", "acme-industries")
                        : null);
        Examined examined = examine(Examination.Paid.ONE);
        assertThat(examined.terminal())
                .contains("in full: ‹credential› of acme-industries may not ask")
                .doesNotContain(service().apiKey());
        assertThat(examined.report())
                .contains("detail: text(")
                .doesNotContain(service().apiKey(), "acme", "Lovelace", "may not");
    }

    @Test
    void keyIsMaskedInOtherFormsAndWhereTheTextIsCut() throws Exception {
        String key = "key/9f27+c1=";
        Base64.Encoder base64 = Base64.getEncoder();
        List<String> forms = List.of(
                key,
                "key%2F9f27%2Bc1%3D",
                base64.encodeToString(key.getBytes(StandardCharsets.UTF_8)),
                base64.encodeToString(("Bearer " + key).getBytes(StandardCharsets.UTF_8)));
        Target target = Examined.target(service().baseUrl(), key, service().orgId());
        for (String form : forms) {
            String detail = "x".repeat(200 - form.length() / 2) + form;
            service().script(request -> Reply.error(403, detail));
            Examined examined = Examined.of(target, folder);
            assertThat(examined.terminal())
                    .containsPattern("(in full|it begins): xxx")
                    .doesNotContain(form.substring(0, form.length() / 2));
        }
    }

    @Test
    void placeOfARedirectIsShownWithoutItsParameters() throws Exception {
        service().script(request -> Reply.text("")
                .withStatus(302)
                .header("Location", "https://ada:s3cret@login.example/start?ticket=s3cret#s3cret"));
        assertThat(Examined.of(Examined.target(service()), folder).terminal())
                .contains("in full: redirect to https://login.example/start")
                .doesNotContain("s3cret");
    }

    @Test
    void addressWithACredentialIsRefusedAndNotShown() {
        for (String url : List.of("https://ada:s3cret@host", "https://host/?s3cret", "s3cret", "http://[s3cret")) {
            assertThatThrownBy(() -> Target.base(url))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("STACKAI_BASE_URL")
                    .hasNoCause()
                    .message()
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void inputIsTextOrTheInputsThemselves() {
        assertThat(Examination.inputs("Hello", "u"))
                .containsEntry("in-0", "Hello")
                .containsEntry("user_id", "u");
        assertThat(Examination.inputs("{\"string-0\":\"x\",\"user_id\":\"v\"}", "u"))
                .containsOnlyKeys("string-0", "user_id")
                .hasToString("{string-0=\"x\", user_id=\"v\"}");
        assertThat(Examination.inputs("", "").get("user_id").toString()).startsWith("doctor-");
    }

    @Test
    void wrongOptionIsReportedAndNothingIsSent() {
        assertThat(command(account(), Map.of("paid", "perhaps"))).isEqualTo(2);
        assertThat(terminal()).contains("Not started: -Dpaid=perhaps is not true, false or all");
        assertThat(command(account(), Map.of("proxy", "http://ada:secret@proxy")))
                .isEqualTo(2);
        assertThat(terminal()).contains("-Dproxy is not HOST:PORT").doesNotContain("ada:secret");
        assertThat(command(Map.of("STACKAI_API_KEY", "k"), Map.of())).isEqualTo(2);
        assertThat(terminal()).contains("Not started: set STACKAI_ORG_ID and STACKAI_FLOW_ID");
        assertThat(service().requestCount()).isZero();
    }

    @Test
    void reportThatCannotBeWrittenIsReportedAndNothingIsSent() {
        assertThat(command(account(), Map.of("report", folder.toString()))).isEqualTo(2);
        assertThat(terminal()).contains("Not started: the report cannot be written to " + folder);
        assertThat(service().requestCount()).isZero();
    }

    @Test
    void failureIsNoDifference() {
        Path report = folder.resolve("report.md");
        service().script(request -> {
            report.toFile().delete();
            report.toFile().mkdir();
            return null;
        });
        assertThat(command(account(), Map.of("report", report.toString()))).isEqualTo(3);
        assertThat(terminal()).contains("as assumed  error-404").contains("Failed: " + report);
    }

    @Test
    void keyThatCannotBeAKeyIsNotShown() {
        assertThatThrownBy(() -> Examined.target("http://localhost", "two words", "o"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STACKAI_API_KEY")
                .message()
                .doesNotContain("two words");
        assertThat(Examined.target("http://localhost", "key-1", "o").toString()).doesNotContain("key-1");
    }

    @Test
    void reportCanBeWrittenAgain() throws Exception {
        examine(Examination.Paid.NONE);
        Files.writeString(folder.resolve("report.md"), "old");
        assertThat(examine(Examination.Paid.NONE).report())
                .startsWith("# Report of the doctor")
                .doesNotContain("old");
    }
}
