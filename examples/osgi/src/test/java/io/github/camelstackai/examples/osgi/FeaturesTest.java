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
package io.github.camelstackai.examples.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The features file for Karaf is valid, and agrees with the bundles that {@link OsgiTest} starts. */
class FeaturesTest {
    private static final Path BUNDLES = Path.of("target/bundles");

    /** Jars by the feature of camel-karaf that contains them. */
    private static final Map<String, List<String>> BROUGHT_BY = Map.of(
            "camel-core",
            List.of("camel-api", "camel-base", "camel-core-", "camel-support", "camel-util", "camel-management-api"),
            "camel-jackson",
            List.of("camel-jackson", "jackson-"),
            "camel-http",
            List.of("camel-http-base", "httpclient5", "httpcore5"));

    private Document features;

    @BeforeEach
    void read() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        features = factory.newDocumentBuilder()
                .parse(Path.of("target/karaf/features.xml").toFile());
    }

    @Test
    void isValid() throws Exception {
        URL schema = getClass().getResource("/org/apache/karaf/features/karaf-features-1.6.0.xsd");
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(schema)
                .newValidator()
                .validate(new DOMSource(features));
    }

    @Test
    void bundleIsTheComponent() throws IOException {
        List<Element> bundles = elements("bundle");
        assertThat(bundles).hasSize(1);
        String[] coordinates =
                bundles.get(0).getTextContent().substring("mvn:".length()).split("/");
        assertThat(coordinates[0]).isEqualTo("io.github.camelstackai");
        Path jar = BUNDLES.resolve(coordinates[1] + "-" + coordinates[2] + ".jar");
        try (JarFile bundle = new JarFile(jar.toFile())) {
            assertThat(bundle.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"))
                    .isEqualTo("io.github.camelstackai.camel-stackai");
        }
    }

    @Test
    void featuresBringWhatTheComponentImports() throws IOException {
        assertThat(required())
                .extracting(Element::getTextContent)
                .containsExactlyInAnyOrderElementsOf(BROUGHT_BY.keySet());
        try (Stream<Path> jars = Files.list(BUNDLES)) {
            List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
            BROUGHT_BY.values().forEach(starts -> assertThat(starts)
                    .allSatisfy(start -> assertThat(names).anyMatch(name -> name.startsWith(start))));
        }
    }

    @Test
    void featureVersionsAgreeWithTheImportsOfTheComponent() throws IOException {
        Version camel = new Version(version("camel-api"));
        assertThat(required()).allSatisfy(feature -> {
            String range = feature.getAttribute("version");
            assertThat(new VersionRange(range).includes(camel)).isTrue();
            assertThat(imports()).contains("org.apache.camel;version=\"" + range + "\"");
        });
    }

    private static String imports() throws IOException {
        try (Stream<Path> jars = Files.list(BUNDLES)) {
            Path jar = jars.filter(path -> path.getFileName().toString().startsWith("camel-stackai"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile bundle = new JarFile(jar.toFile())) {
                return bundle.getManifest().getMainAttributes().getValue("Import-Package");
            }
        }
    }

    private static String version(String artifact) throws IOException {
        try (Stream<Path> jars = Files.list(BUNDLES)) {
            return jars.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches(artifact + "-\\d.*"))
                    .map(name -> name.substring(artifact.length() + 1, name.length() - ".jar".length()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<Element> required() {
        return elements("feature").stream()
                .filter(feature -> !feature.hasAttribute("name"))
                .toList();
    }

    private List<Element> elements(String name) {
        NodeList found = features.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
