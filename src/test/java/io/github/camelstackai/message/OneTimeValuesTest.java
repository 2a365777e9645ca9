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
package io.github.camelstackai.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class OneTimeValuesTest {
    private final Exchange exchange = TestExchanges.withBody("q");

    @Test
    void valueIsKeptBySourceAndNotByEquality() {
        List<String> source = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        assertThat(OneTimeValues.get(exchange, source)).isNull();
        OneTimeValues.put(exchange, source, "text");
        assertThat(OneTimeValues.get(exchange, source)).isEqualTo("text");
        assertThat(OneTimeValues.get(exchange, equal)).isNull();
        OneTimeValues.put(exchange, equal, "other");
        assertThat(OneTimeValues.get(exchange, source)).isEqualTo("text");
    }

    @Test
    void nothingIsKeptAfterwards() {
        OneTimeValues.put(exchange, this, "text");
        OneTimeValues.clear(exchange);
        assertThat(OneTimeValues.get(exchange, this)).isNull();
        assertThat(exchange.getProperties()).isEmpty();
    }
}
