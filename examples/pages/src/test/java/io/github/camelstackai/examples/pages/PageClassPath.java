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
package io.github.camelstackai.examples.pages;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/** The jars of a project that has the component and the dependencies that a page names, and no others. */
final class PageClassPath {
    private static final String GROUP = "io.github.camelstackai";
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private final Path root;
    private final Path repository = Path.of(System.getProperty("local.repository"));
    private final RepositorySystem system = new RepositorySystemSupplier().get();
    private final RepositorySystemSession session;
    private final List<Dependency> managed;
    private final Artifact component;

    PageClassPath(Path root) throws Exception {
        this.root = root;
        session = new SessionBuilderSupplier(system)
                .get()
                // "simple" does not ask which remote repository a file came from
                .withLocalRepositories(new LocalRepository(repository, "simple"))
                .setWorkspaceReader(new Checkout())
                .setOffline(true)
                .build();
        Artifact bom = new DefaultArtifact("org.apache.camel:camel-bom:pom:" + System.getProperty("camel.version"));
        managed = system.readArtifactDescriptor(session, new ArtifactDescriptorRequest(bom, List.of(), null))
                .getManagedDependencies();
        component = new DefaultArtifact(GROUP + ":camel-stackai:" + VERSION);
    }

    /** @param artifacts those of Camel in the version of its BOM, others in the version of this test */
    synchronized String of(List<String> artifacts) throws Exception {
        List<Dependency> direct = new ArrayList<>(List.of(new Dependency(component, "compile")));
        for (String artifact : artifacts) {
            direct.add(artifact.startsWith("camel-") ? managed(artifact) : ofThisTest(artifact));
        }
        DependencyRequest request = new DependencyRequest(
                new CollectRequest(direct, managed, List.of()), DependencyFilterUtils.classpathFilter("runtime"));
        return system.resolveDependencies(session, request).getArtifactResults().stream()
                .map(result -> result.getArtifact().getPath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Dependency managed(String artifact) {
        return managed.stream()
                .filter(dependency -> dependency.getArtifact().getArtifactId().equals(artifact))
                .filter(dependency -> dependency.getArtifact().getClassifier().isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError(artifact + " is not an artifact of this Camel"));
    }

    /** Takes group and version from the file in the local repository. */
    private Dependency ofThisTest(String artifact) {
        if (artifact.equals("simulator")) {
            return new Dependency(new DefaultArtifact(GROUP, "camel-stackai", artifact, "jar", VERSION), "compile");
        }
        Path jar = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> file.getFileName().toString().matches(artifact + "-\\d.*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("add " + artifact + " to the dependencies of examples/pages"));
        Path version = jar.getParent();
        String group = repository
                .relativize(version.getParent().getParent())
                .toString()
                .replace(File.separator, ".");
        return new Dependency(
                new DefaultArtifact(
                        group, artifact, "jar", version.getFileName().toString()),
                "compile");
    }

    private static String location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** The component as this build has made it. */
    private final class Checkout implements WorkspaceReader {
        private final WorkspaceRepository workspace = new WorkspaceRepository("checkout");

        @Override
        public WorkspaceRepository getRepository() {
            return workspace;
        }

        @Override
        public File findArtifact(Artifact artifact) {
            if (!artifact.getGroupId().equals(GROUP)) {
                return null;
            }
            if (artifact.getExtension().equals("pom")) {
                return root.resolve("pom.xml").toFile();
            }
            boolean simulator = artifact.getClassifier().equals("simulator");
            try {
                return new File(location(simulator ? StackAiSimulator.class : StackAiComponent.class));
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<String> findVersions(Artifact artifact) {
            return List.of();
        }
    }
}
