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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CamelJarsTest {
    @Test
    void jarsOfOneVersionDoNotConflict() {
        assertThat(CamelJars.conflict("4.18.0", Map.of("camel-api", "4.18.0", "camel-util", "4.18.0")))
                .isNull();
    }

    @Test
    void jarOfAnotherVersionIsNamedWithWhatToDo() {
        assertThat(CamelJars.conflict("4.22.0", Map.of("camel-api", "4.22.0", "camel-support", "4.18.0")))
                .contains("Camel 4.22.0; ", "camel-api 4.22.0", "camel-support 4.18.0", "camel-bom");
    }

    @Test
    void jarsOfOneVersionUnderACamelOfAnotherConflict() {
        assertThat(CamelJars.conflict("4.22.0", Map.of("camel-support", "4.18.0")))
                .contains("camel-support 4.18.0");
    }

    @Test
    void unknownVersionsDoNotConflict() {
        assertThat(CamelJars.conflict(null, Map.of())).isNull();
        assertThat(CamelJars.conflict("4.18.0", Map.of())).isNull();
    }

    @Test
    void jackson3IsHiddenByJackson2BeforeIt() {
        String jackson2 = "jar:file:/lib/camel-jackson-4.22.0.jar!/META-INF/x";
        String jackson3 = "jar:file:/lib/camel-jackson3-4.22.0.jar!/META-INF/x";
        assertThat(CamelJars.hidesJackson3(List.of(jackson2, jackson3))).isTrue();
        assertThat(CamelJars.hidesJackson3(List.of(jackson3, jackson2))).isFalse();
        assertThat(CamelJars.hidesJackson3(List.of(jackson2))).isFalse();
        assertThat(CamelJars.hidesJackson3(List.of())).isFalse();
    }

    /** Stands for the class of camel-jackson3. */
    public static final class Jackson3 extends ServiceSupport implements DataFormat {
        @Override
        public void marshal(Exchange exchange, Object graph, OutputStream stream) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object unmarshal(Exchange exchange, InputStream stream) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dataFormatIsThatOfTheFirstJar(boolean jackson3First, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("camel-jackson3/" + CamelJars.JSON_FORMAT);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "class=" + Jackson3.class.getName());
        URL jackson3 = file.toUri().toURL();
        ClassLoader jars = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                List<URL> urls = Collections.list(super.getResources(name));
                if (name.equals(CamelJars.JSON_FORMAT)) {
                    urls.add(jackson3First ? 0 : urls.size(), jackson3);
                }
                return Collections.enumeration(urls);
            }

            @Override
            public URL getResource(String name) {
                return name.equals(CamelJars.JSON_FORMAT) && jackson3First ? jackson3 : super.getResource(name);
            }
        };
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setApplicationContextClassLoader(jars);
            assertThat(context.resolveDataFormat("jackson"))
                    .isInstanceOf(jackson3First ? Jackson3.class : JacksonDataFormat.class);
            assertThat(CamelJars.hidesJackson3(CamelJars.jsonFormats(context))).isNotEqualTo(jackson3First);
        }
    }

    @Test
    void jarsOfThisBuildHaveTheirVersions() {
        assertThat(CamelJars.versions()).hasSize(5).doesNotContainValue(null);
        assertThat(CamelJars.conflict(null, CamelJars.versions())).isNull();
    }
}
