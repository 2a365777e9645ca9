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
package io.github.camelstackai.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperationFailedException;
import io.github.camelstackai.StackAiStreamException;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiRecording;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route gets the same from a recording as from the service. */
class RecordedAnswersTest extends RouteTest {
    @TempDir
    private Path folder;

    private StackAiRecording record(Reply reply, String uri) {
        try (StackAiSimulator service = StackAiSimulator.start()) {
            StackAiRecording recording = StackAiRecording.at(folder.resolve("calls.json"))
                    .from(service.baseUrl(), service.apiKey(), service.orgId());
            service.enqueue(reply);
            stackAi().record(recording);
            call(uri);
            return recording;
        }
    }

    @Test
    void refusalIsReplayed() {
        stackAi().replay(record(Reply.error(429, "Slow down").header("Retry-After", "2"), "stackai:run:f"));
        Exchange failed = failedCall("stackai:run:f");
        assertThat(failed.getException(StackAiOperationFailedException.class).getStatusCode())
                .isEqualTo(429);
        assertThat(failed.getIn().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(2000L);
    }

    @Test
    void brokenStreamIsReplayed() {
        String uri = "stackai:stream:f?streamMode=collect";
        Reply cut = Reply.chunks("{\"outputs\":{\"out-0\":\"Hel\"},\"run_id\":\"r1\"}\n")
                .thenClose();
        stackAi().replay(record(cut, uri));
        Exchange failed = failedCall(uri);
        assertThat(failed.getException(StackAiStreamException.class).getReason())
                .isEqualTo(StackAiStreamException.Reason.TRUNCATED);
        assertThat(failed.getMessage().getHeader(StackAiConstants.RUN_ID)).isEqualTo("r1");
    }

    @Test
    void callWithoutARecordingFailsWithTheNearest() {
        stackAi().replay(record(Reply.usual(), "stackai:run:f"));
        Exchange failed = failedCall("stackai:run:f?input=in-1");
        StackAiOperationFailedException refusal = failed.getException(StackAiOperationFailedException.class);
        assertThat(refusal.getDetail().toString()).contains("in-0 is \"q\" there and absent here");
        assertThat(refusal.isRetryable()).isFalse();
        stackAi().reset();
    }
}
