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

import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.FailureHandler;
import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.ResponseCollector;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Passes a 2xx response on to its receiver, and reads any other into memory. */
final class StatusRouter implements ResponseReceiver {
    private final Supplier<IOException> withdrawal;
    private final ResponseReceiver answer;
    private final Consumer<CollectedResponse> refusal;
    private final FailureHandler failure;
    /** Receives the body; written with the head. */
    private ResponseReceiver body;
    /** Written by the I/O thread when the head arrives. */
    private volatile ResponseHead responseHead;

    /**
     * @param withdrawal supplies why the request must not be sent any more; null to send it
     * @param failure of a call without a response head, or with a status other than 2xx
     */
    StatusRouter(
            Supplier<IOException> withdrawal,
            ResponseReceiver answer,
            Consumer<CollectedResponse> refusal,
            FailureHandler failure) {
        this.withdrawal = withdrawal;
        this.answer = answer;
        this.refusal = refusal;
        this.failure = failure;
    }

    @Override
    public IOException withdrawal() {
        return withdrawal.get();
    }

    @Override
    public int head(ResponseHead head, HttpCall call) throws IOException {
        responseHead = head;
        body = head.successful()
                ? answer
                : new ResponseCollector(HttpErrorMapper.MAX_BODY, HttpErrorMapper.MAX_BODY, refusal, failure);
        return body.head(head, call);
    }

    /** Null while there is none. */
    ResponseHead responseHead() {
        return responseHead;
    }

    @Override
    public void body(ByteBuffer bytes) throws IOException {
        body.body(bytes);
    }

    @Override
    public void end() throws IOException {
        body.end();
    }

    @Override
    public void failed(Throwable cause, boolean sent) {
        if (body == null) {
            failure.failed(cause, sent);
        } else {
            body.failed(cause, sent);
        }
    }
}
