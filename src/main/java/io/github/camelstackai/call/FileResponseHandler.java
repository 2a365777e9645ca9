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
package io.github.camelstackai.call;

import io.github.camelstackai.failure.CallDescription;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import io.github.camelstackai.message.MessageHeaders;
import io.github.camelstackai.message.SpooledContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.camel.Exchange;

/**
 * Makes the content of a 2xx response the body of one exchange. Content beyond Camel's spool threshold is in a temporary file, so
 * {@code maxResponseSize} does not limit it. Nothing else of the response reaches the message.
 */
public final class FileResponseHandler implements AnswerHandler {
    private final Exchange exchange;

    /** @param exchange that waits for the content */
    public FileResponseHandler(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public ResponseReceiver receiver(CallDescription call, PendingAnswer answer) {
        return new Receiver(SpooledContent.ofResponse(exchange), answer);
    }

    /** Accepts the next part when the last one is written, so that memory holds one part at a time. */
    private static final class Receiver implements ResponseReceiver {
        private static final int WINDOW = 64 * 1024;

        private final SpooledContent content;
        private final PendingAnswer answer;
        /** Written with the head, by the I/O thread. */
        private HttpCall call;

        Receiver(SpooledContent content, PendingAnswer answer) {
            this.content = content;
            this.answer = answer;
        }

        @Override
        public int head(ResponseHead head, HttpCall response) {
            call = response;
            return WINDOW;
        }

        @Override
        public void body(ByteBuffer bytes) throws IOException {
            int length = bytes.remaining();
            content.write(bytes);
            call.grant(length);
        }

        @Override
        public void end() throws IOException {
            content.complete();
            answer.complete(applied -> MessageHeaders.setAnswer(applied.getMessage(), content.open(applied)));
        }

        @Override
        public void failed(Throwable cause, boolean sent) {
            content.discard();
            answer.fail(cause, sent);
        }
    }
}
