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

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.type.ArrayType;
import java.io.IOException;
import java.util.function.Predicate;

/** Hands values of certain types to the {@link FieldReader} of a call, unless the user's mapper has a serializer for them. */
final class FieldSerializers extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;
    private static final String JACKSON = "com.fasterxml.jackson.databind.";

    private final transient Predicate<Class<?>> types;

    FieldSerializers(Predicate<Class<?>> types) {
        this.types = types;
    }

    @Override
    public JsonSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
        return handing(bean.getBeanClass(), serializer);
    }

    @Override
    public JsonSerializer<?> modifyArraySerializer(
            SerializationConfig config, ArrayType type, BeanDescription bean, JsonSerializer<?> serializer) {
        return handing(type.getRawClass(), serializer);
    }

    private JsonSerializer<?> handing(Class<?> type, JsonSerializer<?> serializer) {
        boolean jacksons = serializer.getClass().getName().startsWith(JACKSON);
        return jacksons && types.test(type) ? new FieldSerializer() : serializer;
    }

    private static final class FieldSerializer extends JsonSerializer<Object> {
        @Override
        public void serialize(Object value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            FieldReader reader = (FieldReader) provider.getAttribute(FieldReader.class);
            String path = generator.getOutputContext().pathAsPointer().toString();
            provider.defaultSerializeValue(reader.read(value, path), generator);
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
                throws IOException {
            serialize(value, generator, provider);
        }
    }
}
