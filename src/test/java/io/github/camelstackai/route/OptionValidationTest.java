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
package io.github.camelstackai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiComponentConfigurer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong or missing option fails at the start, by its name. */
class OptionValidationTest extends RouteTest {
    @Test
    void missingCredentialFailsAtStart() {
        component.getConfiguration().setApiKey(null);
        assertThatThrownBy(() -> startRoute("stackai:run:f")).rootCause().hasMessageContaining("apiKey");
    }

    @ParameterizedTest
    @CsvSource({
        "verison=1,verison",
        "version=three,version",
        "version=-2,version",
        "verbose=maybe,verbose",
        "response=everything,response",
        "baseUrl=ftp://x,baseUrl",
        "baseUrl=api.stack-ai.com,baseUrl",
        "baseUrl=https://user:secret@host,baseUrl",
        "orgId=..,orgId",
        "input=RAW( ),input",
        "apiKey=RAW(a b),apiKey",
        "responseTimeout=soon,responseTimeout",
        "responseTimeout=-1,responseTimeout",
        "streamIdleTimeout=-1,streamIdleTimeout",
        "totalTimeout=-1,totalTimeout",
        "totalTimeout=9223372036854775807,totalTimeout",
        "responseTimeout=9223372036854775807,responseTimeout",
        "maxRetryAfter=-1,maxRetryAfter",
        "maxResponseSize=0,maxResponseSize",
        "maxResponseSize=big,maxResponseSize",
        "maxConnections=5,maxConnections"
    })
    void wrongEndpointOptionFailsAtStartWithItsName(String option, String name) {
        assertThatThrownBy(() -> startRoute("stackai:run:f?" + option))
                .satisfies(e -> assertThat(messages(e)).anyMatch(message -> message.contains(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "connectTimeout,0",
        "connectTimeout,-5",
        "maxConnections,0",
        "connectionRequestTimeout,-1",
        "connectionIdleTimeout,0",
        "proxyHost,proxy",
        "proxyPort,0",
        "proxyUsername,me",
        "baseUrl,x",
        "version,-7"
    })
    void wrongComponentOptionFailsAtStartWithItsName(String option, String value) {
        assertThatThrownBy(() -> {
                    try (DefaultCamelContext other = new DefaultCamelContext()) {
                        StackAiComponent wrong = new StackAiComponent();
                        wrong.setCamelContext(other);
                        PropertyBindingSupport.build()
                                .withCamelContext(other)
                                .withTarget(wrong)
                                .withConfigurer(new StackAiComponentConfigurer())
                                .withProperty(option, value)
                                .bind();
                        other.addComponent("stackai", wrong);
                        other.start();
                        wrong.start();
                    }
                })
                .satisfies(e -> assertThat(messages(e)).anyMatch(message -> message.contains(option.substring(0, 5))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        stackai:documents:f?action=fetch            | action
        stackai:documents:f?action=sync             | action
        stackai:documents:f?uploadApi=old           | uploadApi
        stackai:documents:f?awaitIndexed=true       | awaitIndexed
        stackai:documents:f?orgId=..                | orgId
        stackai:knowledge:f                         | knowledgeBaseId
        stackai:knowledge?action=download           | action
        stackai:knowledge?awaitIndexed=perhaps      | awaitIndexed
        stackai:knowledge?indexPollInterval=0       | indexPollInterval
        stackai:knowledge?indexPollInterval=soon    | indexPollInterval
        stackai:knowledge?action=list&limit=0       | limit
        stackai:runs:f?limit=many                   | limit
        stackai:runs:f?states=DONE                  | states
        stackai:runs:f?startFrom=yesterday          | startFrom
        stackai:runs:f?lookback=-1                  | lookback
        """)
    void wrongOptionOfFilesOrTheLogFailsAtStartWithItsName(String uri, String name) {
        assertThatThrownBy(() -> startRoute(uri))
                .satisfies(e -> assertThat(messages(e)).anyMatch(message -> message.contains(name)));
        assertThat(stackAi().requestCount()).isZero();
    }

    @Test
    void unknownOperationFailsWithTheListOfOperations() {
        assertThatThrownBy(() -> startRoute("stackai:translate:f"))
                .rootCause()
                .hasMessageContaining("translate")
                .hasMessageContaining("run")
                .hasMessageContaining("stream");
    }

    @Test
    void consumerOfARunIsRefused() {
        assertThatThrownBy(() -> {
                    context.addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("stackai:run:f").to("log:x");
                        }
                    });
                    context.start();
                })
                .rootCause()
                .hasMessageContaining("cannot be used in from");
    }

    private static List<String> messages(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .toList();
    }
}
