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
package io.github.camelstackai.observe;

import java.util.function.IntSupplier;

/**
 * What the developer console and the meters see of a component. Thread-safe; no supplier blocks.
 *
 * @param calls by operation and flow
 * @param connectionsLeased the number of connections that calls use
 * @param connectionsPending the number of calls that wait for a connection
 * @param connectionsAvailable the number of open connections that no call uses
 */
public record ObservedComponent(
        CallStatistics calls,
        IntSupplier connectionsLeased,
        IntSupplier connectionsPending,
        IntSupplier connectionsAvailable) {}
