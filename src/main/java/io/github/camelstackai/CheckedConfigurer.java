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
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.EndpointHelper;

/** A generated configurer that checks values by {@link OptionSyntax}, however Camel got them. */
final class CheckedConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {
    private final PropertyConfigurer generated;
    private final PropertyConfigurerGetter options;

    /** @param generated as Camel's plugin generates it, which is a {@link PropertyConfigurerGetter} too */
    CheckedConfigurer(PropertyConfigurer generated) {
        this.generated = generated;
        this.options = (PropertyConfigurerGetter) generated;
    }

    /** @throws IllegalArgumentException naming the option, if it cannot have the value */
    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        Class<?> type = getOptionType(name, ignoreCase);
        Object checked = OptionSyntax.checked(name, type, referred(context, type, value));
        try {
            return generated.configure(context, target, name, checked, ignoreCase);
        } catch (RuntimeException e) {
            IllegalArgumentException failure = OptionSyntax.noBean(name, type, value);
            failure.initCause(e);
            throw failure;
        }
    }

    /** The bean that a value refers to, which may be text; the value itself if it refers to none. */
    private static Object referred(CamelContext context, Class<?> type, Object value) {
        boolean refers =
                value instanceof String text && type != null && type != String.class && OptionSyntax.isReference(text);
        return refers ? EndpointHelper.resolveReferenceParameter(context, (String) value, Object.class) : value;
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return options.getOptionType(name, ignoreCase);
    }

    @Override
    public String[] getAutowiredNames() {
        return options.getAutowiredNames();
    }

    @Override
    public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
        return options.getCollectionValueType(target, name, ignoreCase);
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return options.getOptionValue(target, name, ignoreCase);
    }
}
