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

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.StringHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions of the Camel jars that the component uses: jars of different versions fail sooner or later with a linkage error. */
final class CamelJars {
    private static final Logger LOG = LoggerFactory.getLogger(CamelJars.class);

    static final String JSON_FORMAT = "META-INF/services/org/apache/camel/dataformat/jackson";

    private CamelJars() {}

    /** Logs a warning if the versions differ, and one if {@code camel-jackson} hides the data format of {@code camel-jackson3}. */
    static void check(CamelContext context) {
        String conflict = conflict(context.getVersion(), versions());
        if (conflict != null) {
            LOG.warn(conflict);
        }
        if (hidesJackson3(jsonFormats(context))) {
            LOG.warn(
                    "StackAI: the data format json of this application uses Jackson 2, since camel-jackson is before camel-jackson3"
                            + " on the class path; exclude org.apache.camel:camel-jackson from camel-stackai to use Jackson 3"
                            + " (docs/runtimes.md)");
        }
    }

    /** The jars with the data format {@code jackson}; Camel takes the first one. */
    static List<String> jsonFormats(CamelContext context) {
        ClassLoader application = context.getApplicationContextClassLoader();
        ClassLoader loader = application == null ? CamelJars.class.getClassLoader() : application;
        return loader.resources(JSON_FORMAT).map(URL::toString).distinct().toList();
    }

    static boolean hidesJackson3(List<String> jsonFormats) {
        return jsonFormats.stream().anyMatch(CamelJars::isJackson3) && !isJackson3(jsonFormats.get(0));
    }

    private static boolean isJackson3(String jar) {
        return jar.contains("jackson3");
    }

    /** Version by jar; a jar whose manifest names no version is absent. */
    static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        put(versions, "camel-api", CamelContext.class);
        put(versions, "camel-support", DefaultComponent.class);
        put(versions, "camel-util", StringHelper.class);
        put(versions, "camel-http-base", HttpOperationFailedException.class);
        putJackson(versions);
        return versions;
    }

    /** An application with {@code camel-jackson3} may have excluded {@code camel-jackson}. */
    private static void putJackson(Map<String, String> versions) {
        try {
            put(versions, "camel-jackson", JacksonDataFormat.class);
        } catch (NoClassDefFoundError e) {
            LOG.debug("camel-jackson is not on the class path");
        }
    }

    private static void put(Map<String, String> versions, String jar, Class<?> type) {
        Package owner = type.getPackage();
        String version = owner == null ? null : owner.getImplementationVersion();
        if (version != null) {
            versions.put(jar, version);
        }
    }

    /**
     * What to say of jars of different versions; null if all are of one.
     *
     * @param context version of the running Camel; null if it is not known
     */
    static String conflict(String context, Map<String, String> versions) {
        TreeSet<String> distinct = new TreeSet<>(versions.values());
        if (context != null) {
            distinct.add(context);
        }
        if (distinct.size() < 2) {
            return null;
        }
        return "StackAI: the Camel jars on the class path have different versions (Camel "
                + Objects.toString(context, "unknown") + "; "
                + versions.entrySet().stream()
                        .map(jar -> jar.getKey() + " " + jar.getValue())
                        .collect(Collectors.joining(", "))
                + "); import org.apache.camel:camel-bom of your Camel version in dependencyManagement";
    }
}
