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
package io.github.camelstackai.examples.pages;

import static org.awaitility.Awaitility.await;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.examples.pages.PatternPage.Language;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import io.github.camelstackai.simulator.StackAiSimulator;
import io.github.camelstackai.simulator.StackAiSimulatorExtension;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** A test of docs/patterns.md. It starts the routes below a heading of the page against a simulator. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class PatternTest {
    /** Why the service is down. */
    enum Outage {
        /** No connection is made, so no run takes place. */
        CLOSED,
        /** A gateway answers, and the run may have taken place. */
        UNAVAILABLE
    }

    static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    static final StackAiSimulatorExtension STACK_AI = new StackAiSimulatorExtension();

    /** Where the relative folders of the page are. */
    @TempDir
    Path folder;

    final DefaultCamelContext context = new DefaultCamelContext();
    final StackAiComponent component = new StackAiComponent();
    final JdbcDataSource dataSource = new JdbcDataSource();
    final JdbcTemplate database = new JdbcTemplate(dataSource);
    ProducerTemplate template;
    private final Map<String, String> settings = new HashMap<>();
    private final List<CamelContext> others = new ArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    @BeforeEach
    void connect() {
        connect(simulator().baseUrl());
        context.getShutdownStrategy().setTimeout(1);
        context.addComponent("stackai", component);
        context.addComponent("file", new FolderComponent(folder));
        dataSource.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        context.getRegistry().bind("dataSource", dataSource);
        context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeFailedEvent) {
                    failures.incrementAndGet();
                }
            }
        });
        template = context.createProducerTemplate();
    }

    private void connect(String baseUrl) {
        component.getConfiguration().setBaseUrl(baseUrl);
        component.getConfiguration().setApiKey(simulator().apiKey());
        component.getConfiguration().setOrgId(simulator().orgId());
        set("camel.component.stackai.base-url", baseUrl);
        set("camel.component.stackai.api-key", simulator().apiKey());
        set("camel.component.stackai.org-id", simulator().orgId());
    }

    @AfterEach
    void stop() throws IOException {
        context.close();
        for (CamelContext other : others) {
            other.stop();
        }
        database.execute("shutdown");
    }

    static StackAiSimulator simulator() {
        return STACK_AI.simulator();
    }

    void set(String property, String value) {
        settings.put(property, value);
        context.getPropertiesComponent().addInitialProperty(property, value);
    }

    /** Before the start of the routes. */
    void down(Outage outage) throws IOException {
        if (outage == Outage.CLOSED) {
            connect("http://127.0.0.1:" + freePort());
        } else {
            simulator().script(request -> Reply.error(503, "down"));
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return unused.getLocalPort();
        }
    }

    /**
     * Starts the routes below a heading, with the tables there.
     *
     * @param ends the {@code direct:} endpoints that the page leaves to the reader
     */
    void start(String heading, Language language, String... ends) throws Exception {
        PatternPage.page().section(heading).snippets().stream()
                .filter(snippet -> snippet.language().equals("sql"))
                .forEach(snippet -> database.execute(snippet.code()));
        start(context, heading, language, ends);
    }

    private static void start(CamelContext context, String heading, Language language, String... ends)
            throws Exception {
        PatternPage.addRoutes(context, heading, language);
        for (String end : ends) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:" + end).to("mock:" + end);
                }
            });
        }
        context.start();
    }

    /** Starts the routes once more, as another process does that has the same database. */
    CamelContext startAnother(String heading, Language language, String... ends) throws Exception {
        DefaultCamelContext other = new DefaultCamelContext();
        others.add(other);
        other.getShutdownStrategy().setTimeout(1);
        StackAiComponent stackAi = new StackAiComponent();
        stackAi.setConfiguration(component.getConfiguration());
        other.addComponent("stackai", stackAi);
        other.addComponent("file", new FolderComponent(folder));
        other.getRegistry().bind("dataSource", dataSource);
        settings.forEach(other.getPropertiesComponent()::addInitialProperty);
        start(other, heading, language, ends);
        return other;
    }

    /** Lets an endpoint fail, before the start of the routes. */
    MockEndpoint fail(String uriPrefix, Exception failure) {
        MockEndpoint failing = end("failing");
        failing.whenAnyExchangeReceived(exchange -> {
            throw failure;
        });
        context.getCamelContextExtension()
                .registerEndpointCallback((uri, endpoint) -> uri.startsWith(uriPrefix) ? failing : endpoint);
        return failing;
    }

    /** What has arrived at an end. */
    MockEndpoint end(String name) {
        return end(context, name);
    }

    static MockEndpoint end(CamelContext context, String name) {
        return context.getEndpoint("mock:" + name, MockEndpoint.class);
    }

    Exchange send(Object body) {
        return send(body, Map.of());
    }

    Exchange send(Object body, Map<String, Object> headers) {
        return template.send("direct:start", exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    /** How many exchanges have failed. */
    int failures() {
        return failures.get();
    }

    /** Waits until an exchange of a consumer has failed, and what follows a failure has been done. */
    void awaitFailure() {
        await().atMost(PATIENCE)
                .until(() -> failures() > 0 && context.getInflightRepository().size() == 0);
    }

    /** The requests for runs of a flow. */
    static List<RecordedRequest> asked(String flow) {
        return simulator().requests().stream()
                .filter(request -> request.path().contains("/run/"))
                .filter(request -> request.path().endsWith("/" + flow))
                .toList();
    }

    /** The component of Camel, with its relative folders elsewhere. */
    private static final class FolderComponent extends FileComponent {
        private final Path folder;

        FolderComponent(Path folder) {
            this.folder = folder;
        }

        @Override
        protected GenericFileEndpoint<File> buildFileEndpoint(
                String uri, String remaining, Map<String, Object> parameters) throws Exception {
            return super.buildFileEndpoint(uri, folder.resolve(remaining).toString(), parameters);
        }
    }
}
