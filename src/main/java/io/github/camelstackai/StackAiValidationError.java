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

import java.io.Serializable;
import java.util.List;

/**
 * One validation error of a request (HTTP status 422).
 *
 * @param location path to the invalid part of the request: names and indexes, such as {@code body}, {@code in-0}; never null
 * @param message explanation by the service; null for none
 * @param type type of the error, as the service names it; null for none
 */
public record StackAiValidationError(List<String> location, String message, String type) implements Serializable {
    /** Returns the location and the message. */
    @Override
    public String toString() {
        return String.join(".", location) + ": " + message;
    }
}
