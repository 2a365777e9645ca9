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

import java.util.concurrent.CompletableFuture;

/** The result of a call, which is withdrawn if its result is cancelled. */
final class CancellableResult extends CompletableFuture<CallResult> {
    private final Runnable withdrawal;

    /** @param withdrawal runs once, on the thread that cancels */
    CancellableResult(Runnable withdrawal) {
        this.withdrawal = withdrawal;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean first = !isDone() && super.cancel(mayInterruptIfRunning);
        if (first) {
            withdrawal.run();
        }
        return isCancelled();
    }
}
