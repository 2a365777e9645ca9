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

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Searches all bundles, because Camel finds components, languages and converters by files in META-INF. Karaf does not need it:
 * there the context is camel-karaf's {@code OsgiDefaultCamelContext}.
 */
final class BundlesClassLoader extends ClassLoader {
    private final BundleContext bundles;

    BundlesClassLoader(BundleContext bundles) {
        super(null);
        this.bundles = bundles;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (Bundle bundle : resolved()) {
            try {
                return bundle.loadClass(name);
            } catch (ClassNotFoundException e) {
                continue; // try the next bundle
            }
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected URL findResource(String name) {
        return resolved().stream()
                .map(bundle -> bundle.getEntry(name))
                .filter(url -> url != null)
                .findFirst()
                .orElse(null);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        for (Bundle bundle : resolved()) {
            URL url = bundle.getEntry(name);
            if (url != null) {
                found.add(url);
            }
        }
        return Collections.enumeration(found);
    }

    private List<Bundle> resolved() {
        List<Bundle> resolved = new ArrayList<>();
        for (Bundle bundle : bundles.getBundles()) {
            if (bundle.getBundleId() != 0 && (bundle.getState() & (Bundle.INSTALLED | Bundle.UNINSTALLED)) == 0) {
                resolved.add(bundle);
            }
        }
        return resolved;
    }
}
