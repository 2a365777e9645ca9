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

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelstackai.StackAiOperation;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.support.SimpleRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/operations.md, its rules and its dashboard name the meters, tags and outcomes that exist. */
class OperationsPageTest {
    private static final Path PAGE = Path.of("docs/operations.md");
    private static final Pattern METRIC = Pattern.compile("stackai_[a-z_]+");
    private static final Pattern LABELS = Pattern.compile("(?:by|on) \\(([a-z_, ]+)\\)|[{,]([a-z]+)(?==)");
    private static final Pattern OUTCOMES = Pattern.compile("outcome(?:=|=~|!~)\\\\?\"([a-z0-9_|]+)\\\\?\"");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void count() {
        SimpleRegistry beans = new SimpleRegistry();
        beans.bind("meters", meters);
        ObservedComponent component = new ObservedComponent(new CallStatistics(), () -> 3, () -> 2, () -> 1);
        AutoCloseable unused = CallMeters.open(beans, component, "stackai");
        CallObservation call = component.calls().begin(StackAiOperation.STREAM, "assistant");
        call.firstChunk();
        call.chunk();
        call.succeeded();
    }

    /** The names of the meters in Prometheus, with every suffix that they can have. */
    private Set<String> metrics() {
        return meters.getMeters().stream()
                .flatMap(OperationsPageTest::metrics)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> metrics(Meter meter) {
        String name = meter.getId().getName().replace('.', '_');
        return switch (meter.getId().getType()) {
            case TIMER -> Stream.of("_count", "_sum", "_max", "_bucket").map(suffix -> name + "_seconds" + suffix);
            case COUNTER -> Stream.of(name + "_total");
            default -> Stream.of(name);
        };
    }

    private Set<String> tags() {
        Set<String> tags = meters.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .map(Tag::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        tags.add("le"); // the bucket of a histogram
        return tags;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stackai.rules.yml", "stackai-dashboard.json"})
    void metersTagsAndOutcomesExist(String file) throws IOException {
        String text = Files.readString(Path.of("docs/operations", file));
        assertThat(matches(METRIC, text)).isNotEmpty().isSubsetOf(metrics());
        assertThat(matches(LABELS, text)).isNotEmpty().isSubsetOf(tags());
        assertThat(matches(OUTCOMES, text)).isNotEmpty().isSubsetOf(outcomes());
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        Set<String> found = new TreeSet<>();
        while (matcher.find()) {
            for (int group = Math.min(1, matcher.groupCount()); group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    found.addAll(Arrays.asList(matcher.group(group).split("[,| ]+")));
                }
            }
        }
        return found;
    }

    /** Those in the table of the page; the page writes them in code style, and {@code http_NNN} for a status. */
    private static Set<String> outcomes() throws IOException {
        Set<String> outcomes = firstColumn("Outcomes");
        outcomes.addAll(Stream.of(401, 402, 403, 429, 502, 503, 504)
                .map(OutcomeMapper::status)
                .toList());
        return outcomes;
    }

    @Test
    void pageListsTheMeters() throws IOException {
        assertThat(firstColumn("Meters"))
                .isEqualTo(meters.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void pageNamesEachAlert() throws IOException {
        String rules = Files.readString(Path.of("docs/operations/stackai.rules.yml"));
        assertThat(firstColumn("Alerts")).isEqualTo(matches(Pattern.compile("alert: (\\w+)"), rules));
    }

    @Test
    void dashboardIsJsonWithPanels() throws IOException {
        JsonNode dashboard = new JsonMapper()
                .readTree(Path.of("docs/operations/stackai-dashboard.json").toFile());
        assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel -> assertThat(
                        panel.at("/targets/0/expr").asText())
                .contains("stackai_"));
    }

    /** What the first column of the table below a heading has in code style. */
    private static Set<String> firstColumn(String heading) throws IOException {
        Set<String> cells = new TreeSet<>();
        Files.readString(PAGE)
                .lines()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", 3)[1])
                .forEach(cell -> cells.addAll(matches(Pattern.compile("`([^`]+)`"), cell)));
        assertThat(cells).as(heading).isNotEmpty();
        return cells;
    }
}
