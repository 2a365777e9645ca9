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

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps the packages apart: what knows what, and above all what does not. */
@AnalyzeClasses(packages = "io.github.camelstackai", importOptions = DoNotIncludeTests.class)
class PackageDependenciesTest {
    private static final String ROOT = "io.github.camelstackai";

    @ArchTest
    static final ArchRule protocolKnowsNoCamelNoHttpAndNoThreads = classes()
            .that()
            .resideInAPackage(ROOT + ".protocol..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    ROOT + ".protocol..",
                    "java.lang..",
                    "java.io..",
                    "java.net..",
                    "java.nio..",
                    "java.util",
                    "java.util.function..",
                    "java.util.regex..",
                    "java.util.stream..",
                    "com.fasterxml.jackson.."));

    @ArchTest
    static final ArchRule httpKnowsNeitherStackAiNorExchanges = classes()
            .that()
            .resideInAPackage(ROOT + ".http..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    ROOT + ".http..", "java..", "javax.net.ssl..", "org.apache.hc..", "org.slf4j.."));

    @ArchTest
    static final ArchRule theHttpClientIsKnownInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".http..")
            .and()
            .doNotHaveSimpleName("StackAiHttpClientConfigurer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule springIsKnownInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".springboot..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".springboot..", "org.springframework..", "org.apache.camel.spring..");
}
