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

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Jar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** Apache Felix with a folder of jars as bundles. Wraps jars that are not bundles, such as those of Camel. */
final class Felix implements AutoCloseable {
    private static final long STOP_MILLIS = 60_000;

    private final Framework framework;

    /** @param properties the framework properties for the bundles */
    Felix(Path storage, Map<String, String> properties) throws BundleException {
        Map<String, String> configuration = new HashMap<>(properties);
        configuration.put("org.osgi.framework.storage", storage.toString());
        configuration.put("org.osgi.framework.storage.clean", "onFirstInit");
        // Bundles use the log of the demo or test.
        configuration.put(
                "org.osgi.framework.system.packages.extra",
                "org.slf4j;version=2.0.17,org.slf4j.event;version=2.0.17,org.slf4j.spi;version=2.0.17");
        // Bundles get nothing else from the class path.
        configuration.put("felix.bootdelegation.implicit", "false");
        framework = new FrameworkFactory().newFramework(configuration);
        framework.start();
    }

    /** Installs and starts the jars of a folder and the application; returns the application. */
    Bundle start(Path jars, Path application) throws Exception {
        List<Bundle> installed = new ArrayList<>();
        try (Stream<Path> files = Files.list(jars)) {
            for (Path jar : files.sorted().toList()) {
                installed.add(install(jar));
            }
        }
        installed.add(install(application));
        for (Bundle bundle : installed) {
            bundle.start();
        }
        return installed.get(installed.size() - 1);
    }

    /** @param jar a jar, or a folder with the content of a jar */
    private Bundle install(Path jar) throws Exception {
        try (Jar content = new Jar(jar.toFile())) {
            if (content.getBsn() == null) {
                wrap(content, jar.getFileName().toString());
            }
            return framework.getBundleContext().installBundle(jar.toUri().toString(), bytes(content));
        }
    }

    BundleContext bundles() {
        return framework.getBundleContext();
    }

    /** Exports every package with the version of the file name; all imports are optional. */
    private static void wrap(Jar jar, String file) throws Exception {
        String version = file.replaceFirst(".*?-(\\d[\\d.]*).*", "$1").replaceFirst("\\.$", "");
        try (Analyzer analyzer = new Analyzer(jar)) {
            analyzer.setBundleSymbolicName(file.replaceFirst("-\\d.*", ""));
            analyzer.setBundleVersion(version);
            analyzer.setProperty(Constants.EXPORT_PACKAGE, "*;version=" + version);
            analyzer.setProperty(Constants.IMPORT_PACKAGE, "*;resolution:=optional");
            jar.setManifest(analyzer.calcManifest());
        }
    }

    private static InputStream bytes(Jar jar) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        jar.write(bytes);
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    /** Stops every bundle, and waits until all are stopped. */
    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
