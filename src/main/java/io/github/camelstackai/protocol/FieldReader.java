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
package io.github.camelstackai.protocol;

/** Reads those values inside a user's object that are not written as Jackson would write them, such as streams. */
@FunctionalInterface
public interface FieldReader {
    /**
     * The value to write instead: one that Jackson writes as JSON.
     *
     * @param path of the value in the object, as a JSON pointer
     */
    Object read(Object value, String path);
}
