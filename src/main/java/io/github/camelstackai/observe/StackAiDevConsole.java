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
package io.github.camelstackai.observe;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;

/** The developer console {@code stackai}: connections and calls of every StackAI component of the context. */
@DevConsole(name = "stackai", displayName = "StackAI", description = "Calls and connections of StackAI components")
public final class StackAiDevConsole extends AbstractDevConsole {
    private static final String ROW = "    %-9s  %-24s  %9s  %9s  %7s  %7s  %8s  %10s  %10s  %s%n";

    /** Camel creates it. */
    public StackAiDevConsole() {
        super("camel", "stackai", "StackAI", "Calls and connections of StackAI components");
    }

    private Map<String, ObservedComponent> components() {
        return ObservedComponents.of(getCamelContext()).byName();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "components",
                components().entrySet().stream()
                        .map(entry -> json(entry.getKey(), entry.getValue()))
                        .toList());
        return json;
    }

    private static Map<String, Object> json(String name, ObservedComponent component) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("connectionsLeased", component.connectionsLeased().getAsInt());
        json.put("connectionsPending", component.connectionsPending().getAsInt());
        json.put("connectionsAvailable", component.connectionsAvailable().getAsInt());
        json.put(
                "calls",
                component.calls().flows().stream().map(StackAiDevConsole::json).toList());
        return json;
    }

    private static Map<String, Object> json(FlowStatistics flow) {
        CallFigures figures = flow.figures();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("operation", flow.operationName());
        json.put("flow", flow.flow());
        json.put("inFlight", figures.inFlight());
        json.put("oldestMillis", figures.oldest().toMillis());
        json.put("ended", figures.ended());
        json.put("failed", figures.failed());
        json.put("outcomes", figures.outcomes());
        json.put("chunks", figures.chunks());
        json.put("firstChunks", figures.firstChunk().count());
        json.put("firstChunkP50Millis", figures.firstChunk().p50().toMillis());
        json.put("firstChunkP95Millis", figures.firstChunk().p95().toMillis());
        json.put("firstChunkP99Millis", figures.firstChunk().p99().toMillis());
        return json;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        components().forEach((name, component) -> {
            text.append("Component %s: connections leased %d, pending %d, available %d%n"
                    .formatted(
                            name,
                            component.connectionsLeased().getAsInt(),
                            component.connectionsPending().getAsInt(),
                            component.connectionsAvailable().getAsInt()));
            text.append(ROW.formatted(
                    "Operation",
                    "Flow",
                    "In flight",
                    "Oldest",
                    "Ended",
                    "Failed",
                    "Chunks",
                    "First p50",
                    "First p95",
                    "Outcomes"));
            component.calls().flows().forEach(flow -> text.append(row(flow)));
        });
        return text.toString();
    }

    private static String row(FlowStatistics flow) {
        CallFigures figures = flow.figures();
        boolean chunks = figures.firstChunk().count() > 0;
        return ROW.formatted(
                flow.operationName(),
                flow.flow(),
                figures.inFlight(),
                figures.inFlight() == 0 ? "" : readable(figures.oldest()),
                figures.ended(),
                figures.failed(),
                chunks ? figures.chunks() : "",
                chunks ? readable(figures.firstChunk().p50()) : "",
                chunks ? readable(figures.firstChunk().p95()) : "",
                figures.outcomes().entrySet().stream()
                        .map(outcome -> outcome.getKey() + "=" + outcome.getValue())
                        .collect(Collectors.joining(" ")));
    }

    private static String readable(Duration duration) {
        return duration.toSeconds() < 10 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
