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
package io.github.camelstackai.http.apache;

import io.github.camelstackai.http.HttpCall;
import io.github.camelstackai.http.ResponseHead;
import io.github.camelstackai.http.ResponseReceiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what it receives, and throws what a test says. */
final class RecordingReceiver implements ResponseReceiver {
    /** Such as {@code head 200}, {@code body abc}, {@code end} and {@code failed}. */
    final List<String> events = new CopyOnWriteArrayList<>();

    /** Written by the test. */
    int credit = Integer.MAX_VALUE;

    private String failing = "";
    private Throwable thrown;
    /** Written when the call fails. */
    private volatile Throwable failure;

    private volatile boolean sent;
    private volatile ResponseHead head;

    /** @param method that throws {@code cause}, whatever that is */
    void failIn(String method, Throwable cause) {
        failing = method;
        thrown = cause;
    }

    @Override
    public int head(ResponseHead newHead, HttpCall call) {
        head = newHead;
        record("head", "head " + newHead.status());
        return credit;
    }

    @Override
    public void body(ByteBuffer bytes) {
        record("body", "body " + StandardCharsets.UTF_8.decode(bytes));
    }

    @Override
    public void end() {
        record("end", "end");
    }

    @Override
    public void failed(Throwable cause, boolean requestSent) {
        failure = cause;
        sent = requestSent;
        record("failed", "failed");
    }

    private void record(String method, String event) {
        events.add(event);
        if (failing.equals(method)) {
            RecordingReceiver.<RuntimeException>raise(thrown);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // whatever it is
    private static <E extends Throwable> void raise(Throwable cause) throws E {
        throw (E) cause;
    }

    /** Null unless the call failed. */
    Throwable failure() {
        return failure;
    }

    /** Whether the failure said that the request was sent. */
    boolean sent() {
        return sent;
    }

    ResponseHead head() {
        return head;
    }
}
