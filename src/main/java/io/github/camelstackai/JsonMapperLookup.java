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

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelstackai.message.InputMapper;
import io.github.camelstackai.protocol.Json;
import java.util.List;

/** Finds the user's Jackson mapper for JSON; mappers for XML, YAML and other formats are ignored. */
final class JsonMapperLookup {
    private JsonMapperLookup() {}

    /** The JSON of a component. */
    static Json json(StackAiComponent component) {
        return new Json(find(component), InputMapper::reads);
    }

    /** The mapper of the option, else the only one in the registry unless autowiring is disabled; null for none. */
    private static ObjectMapper find(StackAiComponent component) {
        ObjectMapper configured = component.getObjectMapper();
        if (configured != null) {
            return Json.isJson(configured) ? configured : null; // Camel injects the only mapper, whatever its format
        }
        if (!component.isAutowiredEnabled() || !component.getCamelContext().isAutowiredEnabled()) {
            return null;
        }
        List<ObjectMapper> mappers = component.getCamelContext().getRegistry().findByType(ObjectMapper.class).stream()
                .filter(Json::isJson)
                .toList();
        return mappers.size() == 1 ? mappers.get(0) : null;
    }
}
