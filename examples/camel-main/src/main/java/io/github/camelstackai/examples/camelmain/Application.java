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
package io.github.camelstackai.examples.camelmain;

import org.apache.camel.main.Main;

/** Finds routes in the package of this class, and YAML and XML routes in the folder {@code camel} of the class path. */
public final class Application {
    private Application() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(run(arguments));
    }

    /** Returns the exit code: 1 if a message failed. */
    static int run(String... arguments) throws Exception {
        Main main = new Main(Application.class);
        Failures failures = new Failures();
        main.bind("failures", failures); // Camel finds event notifiers in the registry
        int status = main.run(arguments);
        return failures.any() ? 1 : status;
    }
}
