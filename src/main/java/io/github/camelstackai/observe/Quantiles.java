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

import java.time.Duration;

/**
 * Upper limits of durations, at most a quarter above the durations themselves; zero if there are none.
 *
 * @param count of durations
 * @param p50 which half of them do not exceed
 */
public record Quantiles(long count, Duration p50, Duration p95, Duration p99) {}
