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

import io.github.camelstackai.StackAiComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.ResourceHelper;

/**
 * Starts the routes of snippets and sends a message through each. It runs in a process of its own with the class path of the
 * page, so it uses nothing but Camel and the component.
 */
final class SnippetRunner {
    private static final Pattern TARGET =
            Pattern.compile("(?:to\\(\"|to: |uri: |<to uri=\"|chunkUri=|chunkUri: )direct:(\\w+)");
    /** Longer than the delay of a consumer whose first poll came too early. */
    private static final long TIMEOUT_SECONDS = 90;

    /** What the routes of snippets read from a message. */
    private static final Map<String, Object> HEADERS =
            Map.of("flow", "triage", "orderId", "4711", "CamelStackAiRunId", "r-1");

    private final String baseUrl;
    private final List<Path> tables;

    private SnippetRunner(String baseUrl, List<Path> tables) {
        this.baseUrl = baseUrl;
        this.tables = tables;
    }

    /**
     * @param arguments the address of a simulator, then a file for each snippet; prints a line for each that fails. Those in SQL
     *     make the tables of the database that each of the others has
     */
    public static void main(String[] arguments) {
        Map<Boolean, List<Path>> files = Arrays.stream(arguments)
                .skip(1)
                .map(Path::of)
                .collect(Collectors.partitioningBy(file -> file.toString().endsWith(".sql")));
        SnippetRunner runner = new SnippetRunner(arguments[0], files.get(true));
        long failed = files.get(false).parallelStream()
                .filter(file -> !runner.succeeds(file))
                .count();
        System.exit(failed == 0 ? 0 : 1);
    }

    private boolean succeeds(Path file) {
        String name = file.getFileName().toString();
        try {
            run(file);
            return true;
        } catch (Exception e) {
            StringBuilder causes = new StringBuilder();
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                causes.append("\n  ").append(cause);
            }
            System.out.println(name + " failed:" + causes);
            return false;
        }
    }

    private void run(Path file) throws Exception {
        String code = Files.readString(file);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addComponent("stackai", stackAi());
            context.getShutdownStrategy().setTimeout(1);
            addProperties(context);
            if (!tables.isEmpty()) {
                addDatabase(context, "jdbc:h2:mem:" + file.getFileName() + ";DB_CLOSE_DELAY=-1");
            }
            Outcomes outcomes = new Outcomes();
            context.getManagementStrategy().addEventNotifier(outcomes);
            addRoutes(context, file, code);
            addMissing(context, code);
            context.start();
            send(context, code.contains("onException") ? "busy " + file : "q", outcomes);
        }
    }

    private StackAiComponent stackAi() {
        StackAiComponent component = new StackAiComponent();
        component.getConfiguration().setBaseUrl(baseUrl);
        component.getConfiguration().setApiKey("sim-key");
        component.getConfiguration().setOrgId("sim-org");
        return component;
    }

    /** The settings that snippets refer to. What runs at night runs each second. */
    private void addProperties(CamelContext context) {
        PropertiesComponent properties = context.getPropertiesComponent();
        properties.addInitialProperty("camel.component.stackai.base-url", baseUrl);
        properties.addInitialProperty("camel.component.stackai.api-key", "sim-key");
        properties.addInitialProperty("camel.component.stackai.org-id", "sim-org");
        properties.addInitialProperty("night", "* * * * * ?");
    }

    private void addDatabase(CamelContext context, String url) throws Exception {
        DataSource database = (DataSource) context.getInjector()
                .newInstance(context.getClassResolver().resolveMandatoryClass("org.h2.jdbcx.JdbcDataSource"));
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(database)
                .withProperty("url", url)
                .bind();
        context.getRegistry().bind("dataSource", database);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (Path table : tables) {
                statement.execute(Files.readString(table));
            }
        }
    }

    private static void addRoutes(CamelContext context, Path file, String code) throws Exception {
        String name = file.getFileName().toString();
        if (name.endsWith(".java")) {
            Class<?> routes = Class.forName(name.replace(".java", ""));
            context.addRoutes((RouteBuilder) routes.getDeclaredConstructor().newInstance());
        } else {
            String complete = code.contains("from:") || name.endsWith(".xml")
                    ? code
                    : "- from:\n    uri: direct:start\n    steps:\n" + code.indent(6);
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, complete));
        }
    }

    /** Adds the route to a clause without one, and the end of each route that the snippet leaves to the reader. */
    private static void addMissing(DefaultCamelContext context, String code) throws Exception {
        List<String> consumers = new ArrayList<>();
        context.getRouteDefinitions()
                .forEach(route -> consumers.add(route.getInput().getEndpointUri()));
        Matcher targets = TARGET.matcher(code);
        while (targets.find()) {
            String uri = "direct:" + targets.group(1);
            if (!consumers.contains(uri) && !consumers.contains("direct://" + targets.group(1))) {
                consumers.add(uri);
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(uri).routeId("missing-" + uri).process(exchange -> {});
                    }
                });
            }
        }
    }

    private static void send(CamelContext context, String body, Outcomes outcomes) throws Exception {
        for (Route route : context.getRoutes()) {
            String uri = route.getEndpoint().getEndpointUri();
            if (uri.startsWith("direct:") && !route.getRouteId().startsWith("missing-")) {
                check(context.createProducerTemplate().send(uri, exchange -> {
                    exchange.getMessage().setBody(body);
                    exchange.getMessage().setHeaders(new HashMap<>(HEADERS));
                }));
            } else if (uri.startsWith("file:")) {
                Path folder = Path.of(uri.replaceFirst("file:(//)?", "").replaceFirst("\\?.*", ""));
                Files.writeString(Files.createDirectories(folder).resolve("question.txt"), body);
                check(outcomes.next());
            } else if (!route.getRouteId().startsWith("missing-")) {
                check(outcomes.next());
            }
        }
    }

    /** What the service answers may fail, such as a refusal that a recipe does not repeat. Other failures are the snippet's. */
    private static void check(Exchange exchange) throws Exception {
        Exception failure = exchange.getException();
        if (failure != null && !failure.getClass().getName().startsWith("io.github.camelstackai.")) {
            throw failure;
        }
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (caught != null && !caught.getClass().getName().startsWith("io.github.camelstackai.")) {
            throw new IllegalStateException("caught", caught);
        }
    }

    /** The exchanges that have ended. */
    private static final class Outcomes extends EventNotifierSupport {
        private final BlockingQueue<Exchange> ended = new LinkedBlockingQueue<>();

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeCompletedEvent || event instanceof CamelEvent.ExchangeFailedEvent) {
                ended.add(((CamelEvent.ExchangeEvent) event).getExchange());
            }
        }

        Exchange next() throws InterruptedException {
            Exchange exchange = ended.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (exchange == null) {
                throw new IllegalStateException("no message came through the route");
            }
            return exchange;
        }
    }
}
