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
package io.github.camelstackai.simulator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The simulator tests the component, so it shares no code with it. It adds no library to its users' class paths. */
class SimulatorDependenciesTest {
    private final JavaClasses simulator = new ClassFileImporter()
            .withImportOption(location -> !location.matches(java.util.regex.Pattern.compile(".*Test[^/]*\\.class")))
            .importPackages("io.github.camelstackai.simulator");

    @Test
    void simulatorDependsOnTheJdkHttpCoreAndJacksonAlone() {
        classes()
                .that(not(simpleNameStartingWith("StackAiSimulatorExtension")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "io.github.camelstackai.simulator",
                        "java..",
                        "javax.net.ssl..",
                        "org.apache.hc.core5..",
                        "com.fasterxml.jackson.."))
                .check(simulator);
    }

    @Test
    void extensionDependsOnJUnitAndTheSimulatorAlone() {
        classes()
                .that(simpleNameContaining("Extension"))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("io.github.camelstackai.simulator", "java..", "org.junit.jupiter.api.."))
                .check(simulator);
    }
}
