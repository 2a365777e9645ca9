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

import com.fasterxml.jackson.databind.JavaType;
import io.github.camelstackai.protocol.Json;
import org.apache.camel.spi.ClassResolver;

/** Finds the type that the option {@code outputClass} names, as Camel finds classes in each runtime. */
final class OutputTypeLookup extends ClassLoader {
    private final ClassResolver resolver;

    private OutputTypeLookup(ClassResolver resolver) {
        super(null);
        this.resolver = resolver;
    }

    /**
     * The type.
     *
     * @throws IllegalArgumentException naming the option, if there is none
     */
    static JavaType find(String name, Json json, ClassResolver resolver) {
        try {
            return json.type(name, new OutputTypeLookup(resolver));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Invalid stackai option outputClass: " + name
                            + " is not a class on the class path; write it as com.acme.Ticket, com.acme.Outer$Inner or"
                            + " java.util.List<com.acme.Ticket>: " + e.getMessage(),
                    e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> found = resolver.resolveClass(name);
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        return found;
    }
}
