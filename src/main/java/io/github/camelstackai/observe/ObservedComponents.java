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

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/** The components of a context that have endpoints, by name, for the developer console. Thread-safe. */
public final class ObservedComponents {
    private final Map<String, ObservedComponent> components = new ConcurrentSkipListMap<>();

    private ObservedComponents() {}

    /** Those of {@code context}. */
    public static ObservedComponents of(CamelContext context) {
        ExtendedCamelContext plugins = context.getCamelContextExtension();
        synchronized (ObservedComponents.class) {
            ObservedComponents known = plugins.getContextPlugin(ObservedComponents.class);
            if (known == null) {
                known = new ObservedComponents();
                plugins.addContextPlugin(ObservedComponents.class, known);
            }
            return known;
        }
    }

    public void add(String name, ObservedComponent component) {
        components.put(name, component);
    }

    public void remove(String name) {
        components.remove(name);
    }

    /** A view, in the order of the names. */
    Map<String, ObservedComponent> byName() {
        return components;
    }
}
