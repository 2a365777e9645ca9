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
 * How far a run has come. Completed need not reach total: branches that are not taken never complete.
 *
 * @param node the one at work; null when the service named none
 * @param started nodes that have started; null when unknown
 * @param completed nodes that are done; null when unknown
 * @param total nodes of the flow; null when unknown
 */
public record StackAiProgress(String node, Integer started, Integer completed, Integer total) {}
