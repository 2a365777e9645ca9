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
package io.github.camelstackai.examples.quarkus;

import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import java.nio.file.Path;

/** Packages the application. Yours uses quarkus-maven-plugin instead, which requires a newer Maven than this build. */
public final class FastJar {
    private FastJar() {}

    /** @param arguments the folder of the module */
    public static void main(String[] arguments) throws Exception {
        build(Path.of(arguments[0]));
    }

    static Path build(Path module) throws Exception {
        Path target = module.resolve("target");
        try (CuratedApplication application = QuarkusBootstrap.builder()
                .setMode(QuarkusBootstrap.Mode.PROD)
                .setApplicationRoot(target.resolve("classes"))
                .setProjectRoot(module)
                .setTargetDirectory(target)
                .setBaseName("quarkus")
                .setIsolateDeployment(true)
                .setLocalProjectDiscovery(true)
                .build()
                .bootstrap()) {
            return application
                    .createAugmentor()
                    .createProductionApplication()
                    .getJar()
                    .getPath();
        }
    }
}
