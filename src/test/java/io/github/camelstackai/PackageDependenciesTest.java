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
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The packages of the component, and which of them each may use; docs/decisions.md draws them. */
@AnalyzeClasses(packages = "io.github.camelstackai", importOptions = DoNotIncludeTests.class)
class PackageDependenciesTest {
    private static final String ROOT = "io.github.camelstackai";

    /**
     * The table. Besides, all may use the root's value types and themselves, the root's wiring may use all, and Spring Boot's
     * auto-configuration the component that it configures.
     */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry(
                    "operation",
                    Set.of("message", "call", "stream", "runlog", "protocol", "auth", "failure", "observe")),
            Map.entry("runlog", Set.of("message", "call", "protocol")),
            Map.entry("message", Set.of("failure", "protocol", "text")),
            Map.entry("call", Set.of("auth", "message", "failure", "protocol", "http", "observe", "text")),
            Map.entry("auth", Set.of("failure", "http", "text")),
            Map.entry("stream", Set.of("message", "failure", "protocol", "protocol.frame", "http", "observe", "text")),
            Map.entry("failure", Set.of("protocol", "protocol.frame", "http", "text")),
            Map.entry("protocol", Set.of("text")),
            Map.entry("protocol.frame", Set.of("protocol", "text")),
            Map.entry("http", Set.of("text")),
            Map.entry("http.apache", Set.of("http", "text")),
            Map.entry("text", Set.of()),
            Map.entry("observe", Set.of("text")),
            Map.entry("worker", Set.of()),
            Map.entry("springboot", Set.of()));

    /** Camel's wiring of the component: used by no package but the root and Spring Boot's. */
    private static final DescribedPredicate<JavaClass> WIRING = Stream.of(
                    "StackAiComponent",
                    "StackAiHttpComponent",
                    "StackAiManagedComponent",
                    "ServiceHealth",
                    "StackAiEndpoint",
                    "StackAiPollEndpoint",
                    "StackAiProducer",
                    "StackAiConsumer",
                    "StackAiConfiguration",
                    "StackAiRunsConfiguration",
                    "RunOptions",
                    "RunsFactory",
                    "StackAiStreamConfiguration",
                    "StackAiFileConfiguration",
                    "FileOperationFactory",
                    "FileOptionChecks",
                    "StackAiSendDynamicAware",
                    "StackAiConverters",
                    "OperationFactory",
                    "CredentialFactory",
                    "JsonMapperLookup",
                    "OptionChecks",
                    "OptionSyntax",
                    "CheckedComponent",
                    "CheckedConfigurer",
                    "StackAiConfigurationConfigurer",
                    "Interception",
                    "PlainHttpWarning",
                    "StackAiHttpComponent",
                    "StackAiStreamConfiguration",
                    "CredentialFactory")
            .map(name -> simpleName(name))
            .reduce((one, other) -> one.or(other))
            .orElseThrow()
            .as("wiring types");

    @ArchTest
    static void eachPackageUsesOnlyWhatTheTableAllows(JavaClasses imported) {
        MAY_USE.forEach((name, used) -> classes()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .onlyDependOnClassesThat(allowed(name, used))
                .because("the table of packages says so")
                .check(imported));
    }

    private static DescribedPredicate<JavaClass> allowed(String name, Set<String> used) {
        Set<String> packages = new TreeSet<>(used);
        packages.add(name);
        String[] inside = packages.stream().map(each -> ROOT + "." + each).toArray(String[]::new);
        return resideInAnyPackage(inside)
                .or(resideInAnyPackage(ROOT).and(DescribedPredicate.not(WIRING)))
                .or("springboot".equals(name) ? simpleName("StackAiComponent") : DescribedPredicate.alwaysFalse())
                .or(DescribedPredicate.not(resideInAnyPackage(ROOT + "..")));
    }

    @ArchTest
    static void everyPackageIsInTheTable(JavaClasses imported) {
        classes()
                .that()
                .resideInAnyPackage(ROOT + "..")
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(ROOT), MAY_USE.keySet().stream().map(name -> ROOT + "." + name))
                                .toArray(String[]::new))
                .check(imported);
    }

    @ArchTest
    static final ArchRule noCycleButTheRoots =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule protocolKnowsNoCamelNoHttpAndNoThreads = classes()
            .that()
            .resideInAPackage(ROOT + ".protocol..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    ROOT + "..",
                    "java.lang..",
                    "java.io..",
                    "java.math..",
                    "java.net..",
                    "java.nio..",
                    "java.time..",
                    "java.util",
                    "java.util.function..",
                    "java.util.regex..",
                    "java.util.stream..",
                    "com.fasterxml.jackson.."));

    @ArchTest
    static final ArchRule httpKnowsNoCamel = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".http..", ROOT + ".text..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule httpClientIsUsedInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".http.apache")
            .and()
            .doNotHaveSimpleName("StackAiHttpClientConfigurer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule springIsUsedInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".springboot")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".springboot..", "org.springframework..", "org.apache.camel.spring..");

    @ArchTest
    static final ArchRule telemetryIsUsedInOneClassThatNothingUses = noClasses()
            .that()
            .doNotHaveSimpleName("StackAiSpanDecorator")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel.telemetry..")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleName("StackAiSpanDecorator");
}
