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

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** The simulator can stand in for the service only as long as it shares nothing with the component. */
class SimulatorDependenciesTest {
    @Test
    void simulatorKnowsNeitherCamelNorTheComponent() {
        JavaClasses simulator = new ClassFileImporter().importPackages("io.github.camelstackai.simulator");
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Test")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.camel..",
                        "io.github.camelstackai",
                        "io.github.camelstackai.operation..",
                        "io.github.camelstackai.protocol..",
                        "io.github.camelstackai.http..")
                .check(simulator);
    }
}
