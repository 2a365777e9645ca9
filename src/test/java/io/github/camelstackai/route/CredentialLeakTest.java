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

import static io.github.camelstackai.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelstackai.StackAiConstants;
import io.github.camelstackai.simulator.RecordedRequest;
import io.github.camelstackai.simulator.Reply;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each credential option and header, with all loggers at TRACE: no credential is shown anywhere but on the wire. */
class CredentialLeakTest extends RouteTest {
    private static final String API_KEY = "leak-api-key-7f3a";
    private static final String USERNAME = "leak-username-91bc";
    private static final String PASSWORD = "leak-password-5e2d";
    private static final String ACCESS_TOKEN = "leak-access-token-c0de";
    private static final String GIVEN_TOKEN = "leak-given-token-ab12";
    private static final String PROVIDED_TOKEN = "leak-provided-token-44f0";
    private static final String PROXY_USERNAME = "leak-proxy-username-77aa";
    private static final String PROXY_PASSWORD = "leak-proxy-password-0b1e";
    private static final List<String> SECRETS = List.of(
            "leak-",
            // parts that a hex dump of 16 bytes a line would show
            "-7f3a",
            "-5e2d",
            "-c0de",
            "-ab12",
            "-44f0",
            "-0b1e",
            Base64.getEncoder()
                    .encodeToString((PROXY_USERNAME + ":" + PROXY_PASSWORD).getBytes(StandardCharsets.UTF_8))
                    .substring(0, 12));

    private static final String BASE = "0b5d0a4e-1111-4222-8333-444455556666";

    /** At TRACE Camel's core logs resolved placeholders and endpoint URIs of every component. */
    private static final String CAMEL_CORE = "org.apache.camel.";

    @RegisterExtension
    final CapturedLog captured = new CapturedLog();

    private final Queue<String> log = captured.lines();

    private static final List<Function<RecordedRequest, Reply>> ECHOES = List.of(
            request -> Reply.error(400, "You sent " + request.headers() + request.text())
                    .header("X-Echo", request.header("Authorization")),
            request -> Reply.text("You sent " + request.headers()),
            request -> Reply.json(Map.of("error", "You sent " + request.headers())),
            request -> Reply.reset());

    /** The source of a call's credential. */
    enum Source {
        API_KEY_OF_COMPONENT,
        API_KEY_OF_ENDPOINT,
        PASSWORD_SIGN_IN,
        TOKEN_PROVIDER,
        USER
    }

    private String uriFor(Source source) {
        Properties properties = new Properties();
        properties.setProperty("leak.key", API_KEY);
        context.getPropertiesComponent().setInitialProperties(properties);
        component.getConfiguration().setApiKey(null);
        switch (source) {
            case API_KEY_OF_COMPONENT, USER -> component.getConfiguration().setApiKey(API_KEY);
            case PASSWORD_SIGN_IN -> {
                component.setUsername(USERNAME);
                component.setPassword(PASSWORD);
            }
            case TOKEN_PROVIDER ->
                component.setTokenProvider(refused -> CompletableFuture.completedFuture(PROVIDED_TOKEN));
            default -> {}
        }
        return "stackai:stream:f?sso=" + (source == Source.USER) + "&streamMode=collect"
                + (source == Source.API_KEY_OF_ENDPOINT ? "&apiKey={{leak.key}}" : "");
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void noCredentialIsInLogsExceptionsNamesOrJmx(Source source) throws Exception {
        String uri = uriFor(source);
        context.getManagementStrategy(); // creates the JMX agent before the start
        startRoute(uri);
        List<String> shown = new ArrayList<>(describeCalls());
        shown.add(names());
        shown.addAll(attributes());
        assertNoSecretIn(shown);
        assertThat(log)
                .as("the loggers of the HTTP client and of Camel are enabled")
                .anyMatch(line -> line.startsWith("org.apache.hc."))
                .anyMatch(line -> line.startsWith("org.apache.camel."));
        boolean inUri = source == Source.API_KEY_OF_ENDPOINT;
        assertNoSecretIn(log.stream()
                .filter(line -> !inUri || !line.startsWith(CAMEL_CORE))
                .toList());
    }

    /** A call that succeeds, one that is refused, and calls whose response repeats the request. */
    private List<String> describeCalls() {
        stackAi()
                .script(request ->
                        request.path().endsWith("/token") ? Reply.json(Map.of("access_token", GIVEN_TOKEN)) : null);
        for (String good : List.of(API_KEY, ACCESS_TOKEN, GIVEN_TOKEN, PROVIDED_TOKEN)) {
            stackAi().acceptToken(good);
        }
        Exchange answered = call();
        assertThat(answered.getException()).isNull();
        List<String> shown = new ArrayList<>(List.of(describe(answered)));
        stackAi().revokeTokens();
        shown.add(describe(call()));
        for (Function<RecordedRequest, Reply> echo : ECHOES) {
            stackAi().script("f", echo);
            shown.add(describe(call()));
        }
        stackAi().script(request -> Reply.error(400, "You sent " + request.text()));
        shown.add(describe(call()));
        return shown;
    }

    private Exchange call() {
        return send("q", Map.of(StackAiConstants.ACCESS_TOKEN, ACCESS_TOKEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stackai:documents:f?node=n&userId=u&fileName=a.txt&action=upload",
                "stackai:documents:f?node=n&userId=u&fileName=a.txt&action=list",
                "stackai:documents:f?node=n&userId=u&fileName=a.txt&action=download",
                "stackai:documents:f?node=n&userId=u&fileName=a.txt&action=delete",
                "stackai:knowledge?knowledgeBaseId=" + BASE + "&fileName=a.txt&action=upload",
                "stackai:knowledge?knowledgeBaseId=" + BASE + "&fileName=a.txt&awaitIndexed=true&indexPollInterval=1",
                "stackai:knowledge?knowledgeBaseId=" + BASE + "&action=list",
                "stackai:knowledge?knowledgeBaseId=" + BASE + "&action=status",
                "stackai:knowledge?knowledgeBaseId=" + BASE + "&action=sync",
                "stackai:knowledge?knowledgeBaseId=" + BASE + "&action=delete",
                "stackai:runs:f"
            })
    void noCredentialIsShownByCallsAboutFilesAndTheLog(String uri) throws Exception {
        component.getConfiguration().setApiKey(API_KEY);
        stackAi().acceptToken(API_KEY);
        startRoute(uri);
        List<String> shown = new ArrayList<>();
        for (Function<RecordedRequest, Reply> echo : ECHOES) {
            stackAi().script(echo);
            shown.add(describe(send("q", Map.of(StackAiConstants.RESOURCE_ID, BASE))));
            stackAi().enqueue(Reply.usual()); // to an upload whose wait meets the echo
            shown.add(describe(send("q", Map.of(StackAiConstants.RESOURCE_ID, BASE))));
        }
        assertNoSecretIn(shown);
        assertNoSecretIn(List.copyOf(log));
    }

    @Test
    void noCredentialIsShownByAConsumerOfTheLog() throws Exception {
        component.getConfiguration().setApiKey(API_KEY);
        stackAi().acceptToken(API_KEY);
        stackAi().script(request -> ECHOES.get((int) (stackAi().requestCount() % ECHOES.size()))
                .apply(request));
        startRoutes(
                routes -> routes.from("stackai:runs:f?initialDelay=0&delay=1").to("mock:unused"));
        eventually(
                "polls have failed", () -> assertThat(stackAi().requestCount()).isGreaterThan(2L * ECHOES.size()));
        context.stop();
        assertThat(log).anyMatch(line -> line.contains("You sent"));
        assertNoSecretIn(List.copyOf(log));
    }

    @Test
    void noProxyCredentialIsInLogsExceptionsNamesOrJmx() throws Exception {
        component.setProxyHost("127.0.0.1");
        component.setProxyPort(stackAi().port());
        component.setProxyUsername(PROXY_USERNAME);
        component.setProxyPassword(PROXY_PASSWORD);
        component.getConfiguration().setApiKey(API_KEY);
        component.getConfiguration().setBaseUrl("http://stackai.invalid");
        startRoute("stackai:run:f");
        stackAi()
                .script(request -> request.header("Proxy-Authorization") == null
                        ? Reply.text("").withStatus(407).header("Proxy-Authenticate", "Basic realm=\"r\"")
                        : Reply.json("{\"outputs\":{\"out-0\":\"a\"}}"));
        Exchange exchange = send("q");
        assertThat(stackAi().requests()).anyMatch(request -> request.header("Proxy-Authorization") != null);
        List<String> shown = new ArrayList<>(List.of(describe(exchange), names()));
        shown.addAll(attributes());
        assertNoSecretIn(shown);
        assertNoSecretIn(List.copyOf(log));
    }

    @Test
    void noCredentialIsInAnExceptionOfTheStart() {
        List<String> shown = new ArrayList<>();
        for (String uri :
                List.of("stackai:run:f?apiKey=RAW(" + API_KEY + " x)", "stackai:run:f?version=-7&apiKey=" + API_KEY)) {
            try {
                startRoute(uri);
                throw new AssertionError(uri);
            } catch (Exception e) {
                shown.add(CapturedLog.trace(e));
            }
        }
        assertNoSecretIn(shown);
    }

    @Test
    void catalogMarksEachCredentialAsSecretAndHasNoValue() throws Exception {
        String catalog = ((CatalogCamelContext) context).getComponentParameterJsonSchema("stackai");
        assertThat(catalog).contains(StackAiConstants.ACCESS_TOKEN);
        for (String option : List.of("apiKey", "username", "password", "proxyUsername", "proxyPassword")) {
            assertThat(catalog.lines().filter(line -> line.contains('"' + option + "\": {")))
                    .as(option)
                    .isNotEmpty()
                    .allMatch(line -> line.contains("\"secret\": true"));
        }
        uriFor(Source.API_KEY_OF_COMPONENT);
        assertNoSecretIn(List.of(((CatalogCamelContext) context).getComponentParameterJsonSchema("stackai")));
    }

    private static void assertNoSecretIn(List<String> texts) {
        for (String text : texts) {
            for (String secret : SECRETS) {
                assertThat(text.contains(secret) ? text : "").as(secret).isEmpty();
            }
        }
    }

    private static String describe(Exchange exchange) {
        return exchange + " " + exchange.getMessage()
                + exchange.getProperties().entrySet().stream()
                        .filter(property -> !(property.getValue() instanceof Throwable))
                        .toList()
                + (exchange.getException() == null ? "" : CapturedLog.trace(exchange.getException()));
    }

    /** The string forms of the component, its endpoints and its routes. */
    private String names() {
        StringBuilder names = new StringBuilder();
        names.append(component).append(component.getConfiguration());
        for (Endpoint endpoint : context.getEndpoints()) {
            names.append(endpoint);
        }
        context.getRoutes().forEach(route -> names.append(route).append(route.getServices()));
        return names.toString();
    }

    private static List<String> attributes() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> attributes = new ArrayList<>();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            attributes.add(name.toString());
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                attributes.add(name + " " + attribute.getName() + "=" + value(server, name, attribute));
            }
        }
        assertThat(attributes).anyMatch(text -> text.contains("type=endpoints"));
        return attributes;
    }

    private static Object value(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            return server.getAttribute(name, attribute.getName());
        } catch (JMException | RuntimeException e) {
            return e.toString();
        }
    }
}
