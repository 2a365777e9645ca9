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
package io.github.camelstackai.runlog;

import io.github.camelstackai.protocol.LoggedRun;
import java.util.List;

/** Selects runs while the pages of the log are read. Not thread-safe. */
public interface RunSelection {
    /**
     * Takes the runs of a page, in the order of the service, but for those that pages before had in the same state.
     *
     * @return whether more are wanted
     */
    boolean take(List<LoggedRun> runs);
}
