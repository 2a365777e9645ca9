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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The component warns once of a credential that is sent without encryption, and of no other. */
class PlainHttpWarningTest {
    private final List<LogEvent> warnings = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LogManager.getLogger(StackAiComponent.class);
    private final AbstractAppender appender = new AbstractAppender("warnings", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            if (event.getLevel().equals(Level.WARN)) {
                warnings.add(event.toImmutable());
            }
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.removeAppender(appender);
    }

    private List<String> warnings(String baseUrl, String tokenUrl) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            StackAiComponent component = new StackAiComponent();
            component.getConfiguration().setBaseUrl(baseUrl);
            component.getConfiguration().setOrgId("org");
            if (tokenUrl == null) {
                component.getConfiguration().setApiKey("very-secret");
            } else {
                component.setUsername("me");
                component.setPassword("very-secret");
                component.setTokenUrl(tokenUrl);
            }
            context.addComponent("stackai", component);
            context.start();
            for (String operation : List.of("run", "stream", "feedback", "metadata")) {
                context.getEndpoint("stackai:" + operation + ":f").start();
            }
        }
        List<String> messages = new ArrayList<>();
        warnings.forEach(event -> messages.add(event.getMessage().getFormattedMessage()));
        return messages;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ai.example.com",
                "HTTP://10.0.0.1:8080/x",
                "http://localhost.example.com",
                "http://[::2]",
                "http://stack_ai:8000",
                "http://münchen.example"
            })
    void plainHttpToAnotherHostIsWarnedOnce(String baseUrl) throws Exception {
        assertThat(warnings(baseUrl, null))
                .singleElement()
                .asString()
                .contains("in the clear", "https", "baseUrl")
                .doesNotContain("very-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://127.0.0.1",
                "http://127.9.9.9",
                "http://[::1]:80",
                "http://a.localhost",
                "https://ai.example.com"
            })
    void loopbackAndHttpsAreNotWarned(String baseUrl) throws Exception {
        assertThat(warnings(baseUrl, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"https://ai.example.com,http://sign-in.example.com/token,1", "https://ai.example.com,token,0"})
    void tokenUrlIsChecked(String baseUrl, String tokenUrl, int count) throws Exception {
        assertThat(warnings(baseUrl, tokenUrl)).hasSize(count).allMatch(message -> message.contains("tokenUrl"));
    }
}
