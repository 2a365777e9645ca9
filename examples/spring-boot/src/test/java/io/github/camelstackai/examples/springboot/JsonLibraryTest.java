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
package io.github.camelstackai.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The data format {@code json} beside {@code camel-jackson3}, whose service file has the name of that of {@code camel-jackson}: Camel
 * takes the first one on the class path.
 */
@EnabledIf("hasJackson3")
class JsonLibraryTest {
    private static final String JACKSON_2 = "org.apache.camel.component.jackson.JacksonDataFormat";
    private static final String JACKSON_3 = "org.apache.camel.component.jackson3.JacksonDataFormat";

    static boolean hasJackson3() {
        return JsonLibraryTest.class.getResource("/" + JACKSON_3.replace('.', '/') + ".class") != null;
    }

    /** The resources of an application that excludes camel-jackson. */
    private static final class WithoutCamelJackson extends ClassLoader {
        WithoutCamelJackson(ClassLoader parent) {
            super(parent);
        }

        private static boolean isKept(URL resource) {
            return !resource.getPath().contains("/camel-jackson/");
        }

        @Override
        public URL getResource(String name) {
            try {
                Enumeration<URL> kept = getResources(name);
                return kept.hasMoreElements() ? kept.nextElement() : null;
            } catch (IOException e) {
                return null;
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            List<URL> all = Collections.list(super.getResources(name));
            return Collections.enumeration(
                    all.stream().filter(WithoutCamelJackson::isKept).toList());
        }
    }

    private static String json(ClassLoader resources) throws IOException {
        try (CamelContext context = new DefaultCamelContext()) {
            context.setApplicationContextClassLoader(resources);
            return context.resolveDataFormat("jackson").getClass().getName();
        }
    }

    @Test
    void jackson2IsUsedIfTheComponentIsNamedFirst() throws Exception {
        assertThat(json(getClass().getClassLoader())).isEqualTo(JACKSON_2);
    }

    @Test
    void jackson3IsUsedIfCamelJacksonIsExcluded() throws Exception {
        assertThat(json(new WithoutCamelJackson(getClass().getClassLoader()))).isEqualTo(JACKSON_3);
    }
}
