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
package io.github.camelstackai.operation;

import io.github.camelstackai.http.CollectedResponse;
import io.github.camelstackai.http.ResponseReceiver;
import io.github.camelstackai.operation.Operation.Outcome;
import java.util.concurrent.CompletionStage;

/**
 * One sending of a request.
 *
 * @param receiver takes the response
 * @param answer completes on an I/O or timer thread with what the response is
 */
record Attempt(ResponseReceiver receiver, CompletionStage<Answer> answer) {
    /**
     * What came back: one of the two is null.
     *
     * @param outcome what an accepted call leads to
     * @param refusal the response that refused the call
     */
    record Answer(Outcome outcome, CollectedResponse refusal) {
        static Answer accepted(Outcome outcome) {
            return new Answer(outcome, null);
        }

        static Answer refused(CollectedResponse response) {
            return new Answer(null, response);
        }
    }
}
