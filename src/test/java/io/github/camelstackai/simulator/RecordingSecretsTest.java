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
package io.github.camelstackai.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in forms that hide them, texts that look like a placeholder, and the place of an upload that only its query has. */
class RecordingSecretsTest extends RecordingTest {
    private static final String RUN = "run/sim-org/f";

    private String written() throws IOException {
        return Files.readString(folder.resolve("calls.json"));
    }

    @Test
    void encodedKeyIsReplaced() throws Exception {
        Base64.Encoder base64 = Base64.getEncoder();
        String key = base64.encodeToString("account-key".getBytes(UTF_8));
        String header = base64.encodeToString("Bearer account-key".getBytes(UTF_8));
        service.enqueue(Reply.json(Map.of("outputs", Map.of("out-0", key + " and " + header))));
        try (StackAiSimulator recorder = recorder(recording())) {
            call(recorder, RUN);
        }
        assertThat(written()).contains(" and ").doesNotContain(key.replace("=", ""), header.replace("=", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"account-key", "account-org"})
    void bodyThatHasASecretInPartsIsNotWritten(String secret) throws Exception {
        service.enqueue(Reply.chunks(frame("It is " + secret.substring(0, 6)), frame(secret.substring(6) + ".")));
        try (StackAiSimulator recorder = recorder(recording())) {
            assertThat(call(recorder, "stream/sim-org/f").text()).contains(secret.substring(6) + ".");
        }
        assertThat(calls()).singleElement().satisfies(call -> assertThat(call.pieces())
                .isEmpty());
        assertThat(written()).doesNotContain("It is");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"outputs\":{\"out-0\":\"acc\"},\"score\":NaN}\n{\"outputs\":{\"out-0\":\"ount-key\"},\"score\":NaN}\n",
                "{\"outputs\":{\"out-0\":\"acc\"}} {\"outputs\":{\"out-0\":\"ount-key\"}}\n",
                "{\"outputs\":{\"out-0\":\"acc\"},\"run_id\":\"r\"}\n{\"outputs\":{\"out-0\":\"ount-key and",
                "{\"out-0\":\"acc\",\"a\":1} no JSON\n{\"out-0\":\"ount-k\\u0065y\",'b':1}\n",
                "data: {\"out-0\":\ndata: \"acc\"}\n\ndata: {\"out-0\":\ndata: \"ount-key\"}\n\n",
                "data: {\"out-0\":\"acc\"\ndata: }\n\ndata: {\"out-0\":\"ount-key\"\ndata: }\n\n",
                "[\"acc\"]\n[\"ount-key\"]\n",
                "\"acc\"\n\"ount-key\"\n",
                "{\"out-0\":\"ACC\"}\n{\"out-0\":\"OUNT-org\"}\n"
            })
    void secretInPartsOfAnyFormIsNotWritten(String body) throws Exception {
        service.enqueue(Reply.chunks(body));
        try (StackAiSimulator recorder = recorder(recording())) {
            call(recorder, "stream/sim-org/f");
        }
        assertThat(calls()).singleElement().satisfies(call -> assertThat(call.pieces())
                .isEmpty());
        assertThat(written()).doesNotContain("ount-", "OUNT-");
    }

    @Test
    void organisationInTheNameOfAFlowIsReplaced() throws Exception {
        try (StackAiSimulator recorder = recorder(recording())) {
            call(recorder, "run/sim-org/account-org-triage?account-key=1");
        }
        assertThat(calls())
                .singleElement()
                .satisfies(call -> assertThat(call.request().flow()).isEqualTo("{org}-triage"));
        assertThat(written()).doesNotContainIgnoringCase("account-org", "account-key");
    }

    @Test
    void partsWithoutASecretAreWritten() throws Exception {
        service.enqueue(Reply.chunks(frame("The account, "), frame("the key, {or"), frame("g} and account-org ")));
        try (StackAiSimulator recorder = recorder(recording())) {
            call(recorder, "stream/sim-org/f");
        }
        assertThat(calls()).singleElement().satisfies(call -> assertThat(call.pieces())
                .hasSize(3));
        assertThat(written()).contains("and {org} ");
    }

    private static String frame(String text) {
        return JsonCodec.text(Map.of("outputs", Map.of("out-0", text))) + "\n";
    }

    @Test
    void compressedResponseIsNotRecorded() throws Exception {
        service.enqueue(Reply.text("account-key").header("Content-Encoding", "br"));
        try (StackAiSimulator recorder = recorder(recording())) {
            assertThat(call(recorder, RUN).text()).contains("account-key");
        }
        assertThat(calls()).isEmpty();
    }

    @Test
    void textLikeThePlaceholderIsReplayedAsItWas() throws Exception {
        service.enqueue(Reply.chunks("{\"a\":\"{org}, {~or", "g}, {account-org} of account-org\"}"));
        try (StackAiSimulator recorder = recorder(recording())) {
            call(recorder, RUN);
        }
        try (StackAiSimulator player =
                StackAiSimulator.builder().orgId("another").start()) {
            player.replay(recording());
            assertThat(RecordingTestClient.send(player, "run/another/f", Map.of("in-0", "a"))
                            .join()
                            .body())
                    .isEqualTo("{\"a\":\"{org}, {~org}, {another} of another\"}");
        }
    }

    /** A call can name an organisation that is neither that of the account nor that of the simulator. */
    @Test
    void organisationOfTheCallIsReplaced() throws Exception {
        service.enqueue(Reply.json(Map.of("org_id", "third-org")));
        try (StackAiSimulator recorder = recorder(recording())) {
            call(recorder, "run/third-org/f");
        }
        assertThat(written()).contains("/run/{org}/f").doesNotContain("third-org");
    }

    @Test
    void userWithASlashIsMasked() throws Exception {
        try (StackAiSimulator recorder = recorder(recording().masked())) {
            String uri = recorder.baseUrl() + "/documents/sim-org/f/doc-0/ada%2Flovelace";
            RecordingTestClient.send(uri, "sim-key", "{}").join();
        }
        assertThat(written()).contains("/doc-0/xxx/xxxxxxxx").doesNotContain("lovelace");
    }

    @Test
    void legacyUploadIsComparedByThePlaceInItsQuery() {
        CallRequest upload = upload("f", "n", "u");
        assertThat(upload.differences(upload("f", "n", "u"), Set.of())).isEmpty();
        assertThat(upload.differences(upload("g", "m", "v"), Set.of("node_id")))
                .isEqualTo(List.of("flow_id is g there and f here", "user_id is v there and u here"));
    }

    private static CallRequest upload(String flow, String node, String user) {
        return new CallRequest(
                "legacy_upload",
                "POST",
                "same",
                "/upload_to_supabase_user",
                Map.of("flow_id", flow, "node_id", node, "user_id", user),
                JsonCodec.tree("{\"file\":\"a.txt\"}".getBytes(UTF_8)));
    }

    @Test
    void legacyUploadHasTheFlowOfItsQuery() {
        try (StackAiSimulator recorder = recorder(recording())) {
            String query = "?org=sim-org&flow_id=f&node_id=n&user_id=u";
            String uri = recorder.baseUrl() + "/upload_to_supabase_user" + query;
            RecordingTestClient.send(uri, "sim-key", "{}").join();
        }
        assertThat(calls())
                .singleElement()
                .satisfies(call -> assertThat(call.request().flow()).isEqualTo("f"));
    }
}
