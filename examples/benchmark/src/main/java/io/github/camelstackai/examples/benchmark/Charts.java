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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Draws figures as SVG for light and dark pages. */
final class Charts {
    private static final int WIDTH = 720;
    private static final String STYLE = "<style>text{font:13px system-ui,sans-serif;fill:#777}"
            + ".stackai{fill:#2f81f7;stroke:#2f81f7}.other{fill:#9aa4ae;stroke:#9aa4ae}.axis{stroke:#9aa4ae;stroke-width:.5}"
            + "path{fill:none!important;stroke-width:2}.title{font-weight:600}</style>\n";

    private Charts() {}

    /** Runs per second of all contenders. */
    static String runs(Scale scale, Figures figures) {
        Scenario scenario = Scenario.runs(scale);
        Function<String, Double> rate = contender -> figures.of(new Key(scenario.title(), contender, "runsPerSecond"))
                .median();
        double max =
                scenario.contenders().stream().mapToDouble(rate::apply).max().orElse(1);
        StringBuilder svg = begin(60 + 34 * scenario.contenders().size(), "Runs per second, " + scenario.title());
        int y = 48;
        for (String contender : scenario.contenders()) {
            double runs = rate.apply(contender);
            add(svg, "<text x='150' y='%d' text-anchor='end'>%s</text>", y + 16, name(contender));
            add(
                    svg,
                    "<rect x='160' y='%d' width='%.1f' height='22' class='%s'/>",
                    y,
                    460 * runs / max,
                    style(contender));
            add(svg, "<text x='%.1f' y='%d'>%,.0f</text>", 168 + 460 * runs / max, y + 16, runs);
            y += 34;
        }
        return svg.append("</svg>\n").toString();
    }

    /** CPU of a run by runs in flight, and CPU of a chunk by bytes streamed. */
    static String growth(Scale scale, Figures figures) {
        StringBuilder svg = begin(300, "CPU as the load grows (µs; logarithmic x axis)");
        Map<Double, String> users = new TreeMap<>();
        scale.growingRuns().forEach(count -> users.put((double) count, Scenario.growingRuns(count)));
        Map<Double, String> bytes = new TreeMap<>();
        scale.growingBytes().forEach(count -> bytes.put((double) count, Scenario.growingStream(count)));
        plot(svg, 50, "per run, by runs in flight", "cpuMicrosPerRun", users, figures);
        plot(svg, 400, "per chunk, by bytes streamed", "cpuMicrosPerChunk", bytes, figures);
        return svg.append("</svg>\n").toString();
    }

    private static void plot(
            StringBuilder svg, int left, String title, String figure, Map<Double, String> scenarios, Figures figures) {
        double max = 0;
        for (String scenario : scenarios.values()) {
            for (String contender : List.of(Scenario.BARE, Scenario.STACKAI)) {
                max = Math.max(
                        max, figures.of(new Key(scenario, contender, figure)).median());
            }
        }
        add(svg, "<text x='%d' y='56'>%s</text>", left, title);
        add(svg, "<path class='axis' d='M%d,70V250H%d'/>", left, left + 270);
        add(svg, "<text x='%d' y='82' text-anchor='end'>%s</text>", left - 5, compact(max));
        add(svg, "<text x='%d' y='254' text-anchor='end'>0</text>", left - 5);
        for (String contender : List.of(Scenario.BARE, Scenario.STACKAI)) {
            line(svg, left, figure, scenarios, figures, contender, max);
        }
    }

    private static void line(
            StringBuilder svg,
            int left,
            String figure,
            Map<Double, String> scenarios,
            Figures figures,
            String contender,
            double max) {
        List<Double> counts = new ArrayList<>(scenarios.keySet());
        double first = Math.log10(counts.get(0));
        double decades = Math.max(1, Math.log10(counts.get(counts.size() - 1)) - first);
        StringBuilder path = new StringBuilder();
        double y = 0;
        for (double count : counts) {
            double x = left + 10 + 220 * (Math.log10(count) - first) / decades;
            Key key = new Key(scenarios.get(count), contender, figure);
            y = 250 - 172 * figures.of(key).median() / max;
            path.append(String.format(Locale.ROOT, "%s%.1f,%.1f", path.isEmpty() ? "M" : "L", x, y));
            add(svg, "<circle cx='%.1f' cy='%.1f' r='3' class='%s'/>", x, y, style(contender));
            add(svg, "<text x='%.1f' y='270' text-anchor='middle'>%s</text>", x, compact(count));
        }
        add(svg, "<path class='%s' d='%s'/>", style(contender), path);
        add(svg, "<text x='%d' y='%.1f'>%s</text>", left + 238, y + 4, name(contender));
    }

    private static StringBuilder begin(int height, String title) {
        StringBuilder svg = new StringBuilder();
        add(svg, "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' role='img'>", WIDTH, height);
        svg.append(STYLE);
        add(svg, "<title>%s</title><text x='10' y='26' class='title'>%s</text>", title, title);
        return svg;
    }

    private static String name(String contender) {
        return Scenario.BARE.equals(contender) ? "bare client" : contender;
    }

    private static String style(String contender) {
        return Scenario.STACKAI.equals(contender) ? "stackai" : "other";
    }

    private static String compact(double value) {
        if (value >= 1e9) {
            return Math.round(value / 1e9) + "G";
        }
        if (value >= 1e6) {
            return Math.round(value / 1e6) + "M";
        }
        return value >= 1e3
                ? Math.round(value / 1e3) + "k"
                : String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.1f", value);
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
