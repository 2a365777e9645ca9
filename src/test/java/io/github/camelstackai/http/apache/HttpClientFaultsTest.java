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
package io.github.camelstackai.http.apache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.route.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.core5.util.VersionInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shows that the faults of HttpClient and HttpCore exist for which this package has workarounds. A version of them without a
 * fault fails the test that is named after it.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HttpClientFaultsTest {
    private static final String VERSION = VersionInfo.loadVersionInfo(
                    "org.apache.hc.client5", HttpAsyncClient.class.getClassLoader())
            .getRelease();

    @TempDir
    static Path folder;

    private static TestCertificate ofAnotherHost;

    @BeforeAll
    static void makeCertificate() throws Exception {
        ofAnotherHost = TestCertificate.in(folder, "other", "dns:other.example");
    }

    static Stream<Fault> faults() {
        return Stream.of(
                        ClientFaults.all(ofAnotherHost),
                        PoolFaults.all(),
                        RequestFaults.all(ofAnotherHost),
                        ResponseFaults.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void clientHasTheFaultsThatAreKnown(Fault fault) throws Exception {
        String[] numbers = VERSION.split("[.-]");
        boolean known = fault.versions().contain(number(numbers, 1), number(numbers, 2));
        assertThat(fault.check().isPresent())
                .as(
                        "HttpClient %s %s. %s",
                        VERSION,
                        fault.name(),
                        known
                                ? fault.workaround() + " can go where all supported versions are like this one."
                                : "Check whether " + fault.workaround() + " works around it.")
                .isEqualTo(known);
    }

    /** 5.6 has no third number, and 5.7-alpha1 none that counts. */
    private static int number(String[] numbers, int index) {
        return index < numbers.length && numbers[index].matches("\\d+") ? Integer.parseInt(numbers[index]) : 0;
    }
}
