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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.StackAiOperation;
import io.github.camelstackai.protocol.FlowTarget;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetReaderTest {
    private final Exchange exchange = TestExchanges.withBody("q");

    private FlowTarget read(String org, String flow) {
        return new TargetReader(StackAiOperation.FEEDBACK, org, flow).read(exchange);
    }

    private void header(String name, Object value) {
        if (value != null) {
            exchange.getMessage().setHeader(name, value);
        }
    }

    @ParameterizedTest
    @CsvSource({"o,f,,,o,f", "o,f,O,,O,f", "o,f,,F,o,F", "o,f,O,F,O,F", ",,O,F,O,F"})
    void headersBeatTheEndpoint(
            String org, String flow, String orgHeader, String flowHeader, String orgId, String flowId) {
        header(StackAiConstants.ORG_ID, orgHeader);
        header(StackAiConstants.FLOW_ID, flowHeader);
        assertThat(read(org, flow)).isEqualTo(new FlowTarget(StackAiOperation.FEEDBACK, orgId, flowId));
    }

    @Test
    void missingOrganisationNamesOptionAndHeader() {
        assertThatThrownBy(() -> read(null, "f"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("orgId", StackAiConstants.ORG_ID);
    }

    @Test
    void missingFlowNamesUriAndHeader() {
        assertThatThrownBy(() -> read("o", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("URI", StackAiConstants.FLOW_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", ".."})
    void headerThatCannotBePartOfAPathIsRefusedByName(String value) {
        header(StackAiConstants.FLOW_ID, value);
        assertThatThrownBy(() -> read("o", "f"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(StackAiConstants.FLOW_ID);
    }
}
