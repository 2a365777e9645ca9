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
package io.github.camelstackai.examples.benchmark;

import io.github.camelstackai.examples.benchmark.Figures.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares the component with its alternatives: all call the same server, in turns. Writes the figures as Markdown, CSV and
 * SVG.
 */
public final class Benchmark {
    private static final String CLIENT_HEAP = "512m";
    private static final String SERVER_HEAP = "1g";
    private static final String ALL = "all";

    private final Scale scale;
    private final Set<String> groups;
    private final Figures figures = new Figures();

    Benchmark(Scale scale, Set<String> groups) {
        this.scale = scale;
        this.groups = groups;
    }

    /** Options: {@code --scenarios=all --rounds=5 --seconds=5 --results=FOLDER}, {@code --publish=true --page=FILE}. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] option = argument.split("=", 2);
            options.put(option[0], option[1]);
        }
        Scale scale = Scale.full(
                Integer.parseInt(options.getOrDefault("--rounds", "5")),
                Double.parseDouble(options.getOrDefault("--seconds", "5")));
        Set<String> groups = Set.of(options.getOrDefault("--scenarios", ALL).split(","));
        Figures figures = new Benchmark(scale, groups).measure();
        Report report = new Report(scale, figures);
        report.write(Path.of(options.get("--results")));
        if (Boolean.parseBoolean(options.get("--publish"))) {
            report.publish(Path.of(options.get("--page")));
        }
        System.out.print(report.goals());
    }

    Figures measure() throws IOException, InterruptedException {
        try (Peer server = new Peer(Server.class, SERVER_HEAP)) {
            String url = "http://127.0.0.1:" + server.answer();
            measure(url);
        }
        if (wanted("start")) {
            start();
        }
        if (wanted("decoders")) {
            Microbenchmarks.measure(scale, figures);
        }
        return figures;
    }

    /** The scenarios of a list share the processes of their contenders. */
    private List<List<Scenario>> chosen() {
        return Stream.of(
                        List.of(Scenario.runs(scale)),
                        List.of(Scenario.firstChunk(scale)),
                        List.of(Scenario.oneStream(scale)),
                        List.of(Scenario.manyStreams(scale)),
                        List.of(Scenario.slowStreams(scale), Scenario.heldStreams(scale)),
                        List.of(Scenario.inFlight(scale)),
                        Scenario.observed(scale),
                        Scenario.growingRuns(scale),
                        Scenario.growingStreams(scale))
                .filter(together -> wanted(together.get(0).group()))
                .toList();
    }

    private boolean wanted(String group) {
        return groups.contains(ALL) || groups.contains(group);
    }

    private void measure(String url) throws IOException {
        Map<String, Peer> clients = new LinkedHashMap<>();
        try {
            for (List<Scenario> together : chosen()) {
                for (String contender : together.get(0).contenders()) {
                    if (!clients.containsKey(contender)) {
                        clients.put(contender, new Peer(Client.class, CLIENT_HEAP, contender, url));
                    }
                }
                for (Scenario scenario : together) {
                    measure(scenario, clients);
                }
                if (scale.separate()) {
                    close(clients);
                }
            }
        } finally {
            close(clients);
        }
    }

    private static void close(Map<String, Peer> clients) {
        clients.values().forEach(Peer::close);
        clients.clear();
    }

    private void measure(Scenario scenario, Map<String, Peer> clients) throws IOException {
        System.err.println(scenario.title() + " …");
        for (String contender : scenario.contenders()) {
            clients.get(contender).ask(scenario.warmUp());
        }
        for (int round = 0; round < scale.rounds(); round++) {
            for (String contender : scenario.contenders()) {
                add(scenario.title(), contender, clients.get(contender).ask(scenario.command()));
            }
        }
    }

    private void start() throws IOException {
        System.err.println(ColdStart.TITLE + " …");
        for (int round = 0; round < scale.rounds(); round++) {
            for (String contender : List.of(ColdStart.EMPTY, Scenario.STACKAI)) {
                try (Peer context = new Peer(ColdStart.class, CLIENT_HEAP, contender)) {
                    add(ColdStart.TITLE, contender, context.answer());
                }
            }
        }
    }

    /** Parses the text of a {@code Map}. */
    private void add(String scenario, String contender, String line) {
        Arrays.stream(line.substring(1, line.length() - 1).split(", "))
                .map(figure -> figure.split("="))
                .forEach(figure -> figures.add(new Key(scenario, contender, figure[0]), Double.parseDouble(figure[1])));
    }
}
