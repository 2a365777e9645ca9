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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What all loggers write during a test, at TRACE. */
final class CapturedLog implements BeforeEachCallback, AfterEachCallback {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AbstractAppender appender = new AbstractAppender("captured", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            lines.add(event.getLoggerName() + " " + event.getMessage().getFormattedMessage()
                    + (event.getThrown() == null ? "" : trace(event.getThrown())));
        }
    };

    /** Logger, message and stack trace of each event. */
    Queue<String> lines() {
        return lines;
    }

    static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        LoggerContext loggers = (LoggerContext) LogManager.getContext(false);
        Configuration configuration = loggers.getConfiguration();
        appender.start();
        configuration.getRootLogger().addAppender(appender, Level.TRACE, null);
        configuration.getRootLogger().setLevel(Level.TRACE);
        // the console still gets warnings alone
        configuration.getRootLogger().removeAppender("console");
        configuration.getRootLogger().addAppender(configuration.getAppender("console"), Level.WARN, null);
        loggers.updateLoggers();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        ((LoggerContext) LogManager.getContext(false)).reconfigure();
    }
}
