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
import io.github.camelstackai.examples.benchmark.Figures.Spread;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes the goals, the medians and all values. */
final class Report {
    static final String BEGIN = "<!-- figures: written by examples/benchmark -->\n";
    static final String END = "<!-- end of figures -->\n";

    private final Scale scale;
    private final Figures figures;

    Report(Scale scale, Figures figures) {
        this.scale = scale;
        this.figures = figures;
    }

    /** Writes {@code results.md}, {@code results.csv} and the charts into the folder. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.md"), markdown());
        Files.writeString(folder.resolve("results.csv"), csv());
        writeCharts(folder);
    }

    /** Writes the figures between the marker comments of a page, and the charts to its folder of pictures. */
    void publish(Path page) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(
                page, text.substring(0, begin) + "\n" + markdown() + "\n" + text.substring(text.indexOf(END)));
        writeCharts(page.resolveSibling("pictures"));
    }

    private void writeCharts(Path folder) throws IOException {
        Key bare = new Key(Scenario.runs(scale).title(), Scenario.BARE, "runsPerSecond");
        if (figures.has(bare)) {
            Files.writeString(folder.resolve("performance.svg"), Charts.runs(scale, figures));
        }
        if (figures.has(new Key(Scenario.growingRuns(scale.growingRuns().get(0)), Scenario.BARE, "runsPerSecond"))) {
            Files.writeString(folder.resolve("growth.svg"), Charts.growth(scale, figures));
        }
    }

    private String markdown() {
        return machine() + "\n" + goals() + "\n" + medians();
    }

    private String machine() {
        Runtime runtime = Runtime.getRuntime();
        long memory = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
        return String.format(
                Locale.ROOT,
                "%s, %s rounds; %d cores (%s), %d GiB of memory, %s, Java %s; client and server share the cores.%n",
                LocalDate.now(ZoneOffset.UTC),
                scale.rounds(),
                runtime.availableProcessors(),
                processor(),
                memory + (1 << 29) >> 30,
                System.getProperty("os.name"),
                System.getProperty("java.version"));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*:\\s*", ""))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** Compares each goal with the median, minimum and maximum of the rounds. */
    String goals() {
        return "| what | goal | median | min – max | |\n| --- | --- | --- | --- | --- |\n"
                + Goal.all(scale).stream()
                        .filter(goal -> goal.measured(figures))
                        .map(this::goal)
                        .collect(Collectors.joining());
    }

    private String goal(Goal goal) {
        Spread spread = goal.spread(figures);
        return "| %s | %s %s | **%s** | %s | %s |\n"
                .formatted(
                        goal.text(),
                        goal.bound().minimum() ? "≥" : "≤",
                        bound(goal.bound()),
                        number(spread.median()),
                        range(spread),
                        goal.reached(figures) ? "reached" : "missed");
    }

    private static String bound(Goal.Bound bound) {
        String value = BigDecimal.valueOf(bound.value()).stripTrailingZeros().toPlainString();
        return bound.everyRound() ? value + " in every round" : value;
    }

    private String medians() {
        return figures.keys().stream()
                .map(Key::scenario)
                .distinct()
                .map(this::table)
                .collect(Collectors.joining("\n"));
    }

    private String table(String scenario) {
        List<Key> keys = figures.keys().stream()
                .filter(key -> key.scenario().equals(scenario))
                .toList();
        List<String> names = keys.stream().map(Key::figure).distinct().toList();
        return "| " + scenario + " | " + String.join(" | ", names) + " |\n| --- |" + " --- |".repeat(names.size())
                + "\n"
                + keys.stream()
                        .map(Key::contender)
                        .distinct()
                        .map(contender -> row(scenario, contender, names))
                        .collect(Collectors.joining());
    }

    private String row(String scenario, String contender, List<String> names) {
        return names.stream()
                .map(name -> new Key(scenario, contender, name))
                .map(key -> figures.has(key) ? cell(figures.of(key)) : "")
                .collect(Collectors.joining(" | ", "| " + contender + " | ", " |\n"));
    }

    private static String cell(Spread spread) {
        return number(spread.median()) + " (" + range(spread) + ")";
    }

    private static String range(Spread spread) {
        return number(spread.min()) + " – " + number(spread.max());
    }

    /** Three significant digits. */
    private static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private String csv() {
        return figures.keys().stream()
                .flatMap(this::rounds)
                .collect(Collectors.joining("\n", "scenario,contender,figure,round,value\n", "\n"));
    }

    private Stream<String> rounds(Key key) {
        double[] rounds = figures.rounds(key);
        return IntStream.range(0, rounds.length).mapToObj(round -> "\"%s\",%s,%s,%d,%s"
                .formatted(key.scenario(), key.contender(), key.figure(), round + 1, rounds[round]));
    }
}
