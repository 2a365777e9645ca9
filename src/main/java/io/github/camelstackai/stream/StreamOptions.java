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
package io.github.camelstackai.stream;

/**
 * How the answer of a stream is read.
 *
 * @param output the output that the text is of; null for the sole one
 * @param increments whether frames hold increments ({@code delta=true}), and not snapshots
 * @param verbose whether the service was asked for the full model
 * @param bufferSize bytes that are held for a slow reader
 * @param maxResponseSize bytes of a frame, or of a collected answer
 */
public record StreamOptions(String output, boolean increments, boolean verbose, int bufferSize, int maxResponseSize) {}
