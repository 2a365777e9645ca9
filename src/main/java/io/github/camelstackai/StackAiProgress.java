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
package io.github.camelstackai;

/**
 * Progress of a run. {@code completed} may stay below {@code total}: nodes on branches that are not taken never complete.
 *
 * @param node name of the node that is running; null if unknown
 * @param started number of nodes that have started; null if unknown
 * @param completed number of nodes that have completed; null if unknown
 * @param total number of nodes in the flow; null if unknown
 */
public record StackAiProgress(String node, Integer started, Integer completed, Integer total) {}
