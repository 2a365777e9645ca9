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
 * One thing that the service found wrong with a request (HTTP status 422).
 *
 * @param location the way to the part at fault, names and positions, such as {@code body}, {@code in-0}; never null
 * @param message what is wrong; null when the service did not say
 * @param type the service's name for the kind of error; null when the service did not say
 */
public record StackAiValidationError(List<String> location, String message, String type) implements Serializable {
    @Override
    public String toString() {
        return String.join(".", location) + ": " + message;
    }
}
