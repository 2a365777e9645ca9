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
package io.github.camelstackai.examples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An invented name has the form of the one that is given. */
class InventedTest {
    @ParameterizedTest
    @CsvSource({
        "6561d0e0-63c5-4d2e-9a5b-0d6b5c1f2a3b, [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "65f1c2ab9de01234567890ab, [0-9]{2}[a-f][0-9][a-f][0-9][a-f]{2}[0-9][a-f]{2}[0-9]{11}[a-f]{2}",
        "support-Q7, [a-z]{7}-[A-Z][0-9]",
        "_, _0"
    })
    void nameOfTheSameForm(String name, String form) {
        assertThat(Invented.like(name)).matches(form).isNotEqualTo(name);
    }
}
