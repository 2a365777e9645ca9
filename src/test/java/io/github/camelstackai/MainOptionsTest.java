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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.main.Main;
import org.apache.camel.util.SensitiveUtils;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The component is configured by the properties of Camel Main. */
class MainOptionsTest {
    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void everyOptionIsSetByItsNameInKebabCase() throws Exception {
        CatalogOptions.beans().forEach(main::bind);
        CatalogOptions.properties().forEach(main::addInitialProperty);
        CatalogOptions.assertSet(component());
    }

    @Test
    void configurationIsSetByABean() throws Exception {
        StackAiConfiguration configuration = new StackAiConfiguration();
        main.bind("mine", configuration);
        main.addInitialProperty("camel.component.stackai.configuration", "#bean:mine");
        assertThat(component().getConfiguration()).isSameAs(configuration);
    }

    @Test
    void numbersAreMillisecondsAndBeansAreCreatedFromClasses() throws Exception {
        main.addInitialProperty("camel.component.stackai.response-timeout", "1500");
        main.addInitialProperty("camel.component.stackai.total-timeout", "2m30s");
        main.addInitialProperty(
                "camel.component.stackai.object-mapper", "#class:com.fasterxml.jackson.databind.json.JsonMapper");
        assertThat(component().getConfiguration().getResponseTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(component().getConfiguration().getTotalTimeout()).isEqualTo(Duration.ofSeconds(150));
        assertThat(component().getObjectMapper()).isNotNull();
    }

    @Test
    void unknownOptionIsNamed() {
        main.addInitialProperty("camel.component.stackai.api-kee", "k");
        assertThatThrownBy(this::component).hasMessageContaining("apiKee");
    }

    @Test
    void startupSummaryShowsNoApiKey(@TempDir Path folder) throws Exception {
        assertSummaryShowsNoSecret(folder, "api-key");
    }

    @Test
    void startupSummaryShowsNoUserNameAndPassword(@TempDir Path folder) throws Exception {
        assertSummaryShowsNoSecret(folder, "username", "password");
    }

    private void assertSummaryShowsNoSecret(Path folder, String... credential) throws Exception {
        boolean masked = SensitiveUtils.containsSensitive("proxyUsername"); // not in Camel 4.14
        List<String> lines = new ArrayList<>(List.of(
                "camel.component.stackai.proxy-host = proxy.example.com",
                "camel.component.stackai.proxy-port = 3128",
                "camel.component.stackai.proxy-username = " + (masked ? "secret-1" : "proxy-user"),
                "camel.component.stackai.proxy-password = secret-2"));
        for (String option : credential) {
            lines.add("camel.component.stackai." + option + " = secret-" + option);
        }
        Path file = Files.write(folder.resolve("application.properties"), lines);
        main.setPropertyPlaceholderLocations("file:" + file);
        List<String> log = logged(main::start);
        assertThat(log).anyMatch(line -> line.contains("proxyHost") && line.contains("proxy.example.com"));
        assertThat(String.join("\n", log)).doesNotContain("secret-");
    }

    private static List<String> logged(ThrowingCallable action) throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        AbstractAppender appender = new AbstractAppender("summary", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                log.add(event.getMessage().getFormattedMessage());
            }
        };
        LoggerContext loggers = (LoggerContext) LogManager.getContext(false);
        appender.start();
        loggers.getConfiguration().getRootLogger().addAppender(appender, Level.INFO, null);
        loggers.getConfiguration().getRootLogger().setLevel(Level.INFO);
        loggers.updateLoggers();
        try {
            assertThatCode(action).doesNotThrowAnyException();
        } finally {
            loggers.reconfigure();
        }
        return log;
    }

    private StackAiComponent component() throws Exception {
        main.init();
        return main.getCamelContext().getComponent("stackai", StackAiComponent.class);
    }
}
