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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.protocol.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ClassResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The class of {@code outputClass} is the one that Camel finds, as in OSGi and Quarkus. */
class OutputTypeLookupTest {
    /** What a bundle has. */
    public record Ticket(String title) {}

    /** Defines {@link Ticket} itself, as the class loader of a bundle does. */
    private static final class Bundle extends ClassLoader {
        Bundle() {
            super(OutputTypeLookupTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Ticket.class.getName()) ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) {
            Class<?> known = findLoadedClass(name);
            try (InputStream code = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = code.readAllBytes();
                return known == null ? defineClass(name, bytes, 0, bytes.length) : known;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Json json = new Json();
    private final ClassResolver resolver = new DefaultCamelContext().getClassResolver();

    @Test
    void classesAreThoseOfCamelsResolver() {
        Bundle bundle = new Bundle();
        resolver.addClassLoader(bundle);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader()); // Camel tries it first
        try {
            assertThat(OutputTypeLookup.find("java.util.List<" + Ticket.class.getName() + ">", json, resolver)
                            .getContentType()
                            .getRawClass()
                            .getClassLoader())
                    .isSameAs(bundle);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void valueIsBoundToTheGenericType() throws Exception {
        Object bound = json.bind(
                List.of(Map.of("title", "a")),
                OutputTypeLookup.find("java.util.List<" + Ticket.class.getName() + ">", json, resolver));
        assertThat(bound).isEqualTo(List.of(new Ticket("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme.Nowhere", "java.util.List<com.acme.Nowhere>", "java.util.List<", "a b", "Ticket"})
    void missingClassIsNamed(String name) {
        assertThatThrownBy(() -> OutputTypeLookup.find(name, json, resolver))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option outputClass: " + name);
    }
}
