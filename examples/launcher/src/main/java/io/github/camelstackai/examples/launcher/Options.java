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
package io.github.camelstackai.examples.launcher;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of a command, such as {@code -Dtickets=FOLDER}. Maven makes them system properties; those of Java and of Maven
 * have a dot in their names.
 */
final class Options {
    /** Properties without a dot that a build with Maven may have. */
    private static final Set<String> OF_MAVEN =
            Set.of("run", "skipTests", "test", "maven.repo.local", "basedir", "http.proxyHost");

    private static final int MAX_DISTANCE = 3;

    private Options() {}

    /** @throws IllegalArgumentException if a property is none of the options, with the option that may be meant */
    static void check(Map<?, ?> properties, Set<String> options) {
        for (Object name : new TreeSet<>(properties.keySet())) {
            String option = name.toString();
            if (!option.contains(".") && !options.contains(option) && !OF_MAVEN.contains(option)) {
                throw new IllegalArgumentException("there is no option -D" + option + hint(option, options));
            }
        }
    }

    private static String hint(String option, Set<String> options) {
        if (options.isEmpty()) {
            return "; this example has none";
        }
        return options.stream()
                .filter(known -> distance(known, option) <= MAX_DISTANCE)
                .min(Comparator.comparingInt(known -> distance(known, option)))
                .map(known -> "; did you mean -D" + known + "?")
                .orElse("; the options are -D" + String.join(", -D", new TreeSet<>(options)));
    }

    /** The number of characters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
