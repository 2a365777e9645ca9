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
package io.github.camelstackai.message;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;

/** Camel's type converters for answers that are objects or lists. */
@Converter(generateLoader = true)
public final class JsonBodyConverters {
    private JsonBodyConverters() {}

    /** Returns the JSON. */
    @Converter
    public static String toString(JsonBody body) {
        return body.json();
    }

    /** Returns the JSON in UTF-8. */
    @Converter
    public static byte[] toBytes(JsonBody body) {
        return body.json().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the JSON in UTF-8. */
    @Converter
    public static InputStream toInputStream(JsonBody body) {
        return new ByteArrayInputStream(toBytes(body));
    }
}
