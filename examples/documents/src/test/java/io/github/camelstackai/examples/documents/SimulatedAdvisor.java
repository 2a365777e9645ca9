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
package io.github.camelstackai.examples.documents;

import io.github.camelstackai.simulator.RecordedFile;
import io.github.camelstackai.simulator.StackAiSimulator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Replaces a flow that answers from the contract of its user: the line that has most words of the question. */
final class SimulatedAdvisor implements Function<Map<String, Object>, Map<String, Object>> {
    /** A line of text in a PDF without compression. */
    private static final Pattern LINE = Pattern.compile("\\((.*)\\) Tj");

    private final StackAiSimulator simulator;

    SimulatedAdvisor(StackAiSimulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public Map<String, Object> apply(Map<String, Object> inputs) {
        String question = (String) inputs.get("in-0");
        String answer = simulator.documents(Trial.FLOW, Trial.NODE, (String) inputs.get("user_id")).stream()
                .flatMap(SimulatedAdvisor::lines)
                .max(Comparator.comparingLong(line -> common(line, question)))
                .orElse("No document.");
        return Map.of("out-0", answer);
    }

    private static Stream<String> lines(RecordedFile file) {
        return LINE.matcher(new String(file.content(), StandardCharsets.ISO_8859_1))
                .results()
                .map(line -> line.group(1));
    }

    private static long common(String line, String question) {
        return Arrays.stream(question.toLowerCase(Locale.ROOT).split("\\W+"))
                .filter(word ->
                        word.length() > 3 && line.toLowerCase(Locale.ROOT).contains(word))
                .count();
    }
}
