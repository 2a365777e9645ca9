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

/** Decides what to answer. Thread-safe; never blocks. */
interface Answers {
    /** A reply set aside for the request that is arriving; null when what it says decides. */
    Reply reserve();

    /**
     * The reply, with a body. The request has arrived, as far as it is to be read.
     *
     * @param reserved what {@link #reserve} gave for it
     */
    Reply answer(RecordedRequest request, Reply reserved);
}
