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
package io.github.camelstackai.examples.benchmark;

import io.github.camelstackai.StackAiChunk;
import java.util.concurrent.Flow;

/** Receives the chunks of a stream without back-pressure. */
final class ChunkSubscriber implements Flow.Subscriber<StackAiChunk> {
    private final Contender.ChunkListener listener;

    ChunkSubscriber(Contender.ChunkListener listener) {
        this.listener = listener;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(StackAiChunk chunk) {
        StackAiRoute.pass(chunk, listener);
    }

    @Override
    public void onError(Throwable failure) {
        listener.end(failure);
    }

    @Override
    public void onComplete() {
        // the last chunk reports the end
    }
}
