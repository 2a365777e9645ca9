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
package io.github.camelstackai.examples.chat;

import io.github.camelstackai.StackAiStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one socket is there for. Thread-safe. */
final class Answer {
    private final String userId;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CompletableFuture<StackAiStream> stream = new CompletableFuture<>();

    Answer(String userId) {
        this.userId = userId;
    }

    String userId() {
        return userId;
    }

    /** Whether this is the first time that it is asked for. */
    boolean ask() {
        return asked.compareAndSet(false, true);
    }

    void opened(StackAiStream answering) {
        stream.complete(answering);
    }

    /** Cancels the run; one that has not answered yet, as soon as it does. */
    void cancel() {
        stream.thenAccept(StackAiStream::close);
    }
}
