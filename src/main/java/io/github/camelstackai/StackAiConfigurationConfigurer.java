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

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;

/**
 * Configures a {@link StackAiConfiguration} that is a bean of its own, or is named in the option {@code configuration}, with the
 * checks of an endpoint's options. Camel finds it by a service file.
 */
public final class StackAiConfigurationConfigurer implements PropertyConfigurer {
    private final PropertyConfigurer options = new CheckedConfigurer(new StackAiEndpointConfigurer());

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        StackAiEndpoint holder =
                new StackAiEndpoint("stackai:run", null, StackAiOperation.RUN, null, (StackAiConfiguration) target);
        return options.configure(context, holder, name, value, ignoreCase);
    }
}
