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

import java.util.Map;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.HealthCheckComponent;

/** A component that checks the values of its options, and of those of its endpoints, before Camel converts them. */
abstract class CheckedComponent extends HealthCheckComponent {
    private static final Map<String, Class<?>> COMMON = Map.of(
            "bridgeErrorHandler", Boolean.class, "lazyStartProducer", Boolean.class, "autowiredEnabled", Boolean.class);

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return checked(super.getComponentPropertyConfigurer());
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return checked(super.getEndpointPropertyConfigurer());
    }

    /** @param generated null before the component is built */
    private static PropertyConfigurer checked(PropertyConfigurer generated) {
        return generated == null ? null : new CheckedConfigurer(generated);
    }

    /** {@inheritDoc} Checks the options here, too: Camel shows the message of this method's exception first. */
    @Override
    protected void validateURI(String uri, String path, Map<String, Object> parameters) {
        super.validateURI(uri, path, parameters);
        PropertyConfigurerGetter options = (PropertyConfigurerGetter) getEndpointPropertyConfigurer();
        parameters.forEach((name, value) -> {
            Class<?> common = COMMON.get(name); // converted by Camel itself
            Class<?> type = common == null ? options.getOptionType(name, true) : common;
            if (isNoBean(type, OptionSyntax.checked(name, type, value))) {
                throw OptionSyntax.noBean(name, type, value);
            }
        });
    }

    /** Whether a value is text that is neither a reference nor converted to a type. */
    private boolean isNoBean(Class<?> type, Object value) {
        return type != null
                && type != Object.class
                && value instanceof String text
                && !OptionSyntax.isReference(text)
                && !type.isPrimitive()
                && !type.isEnum()
                && !type.isAssignableFrom(String.class)
                && getCamelContext().getTypeConverterRegistry().lookup(type, String.class) == null;
    }
}
