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
package io.github.camelstackai.examples.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The texts of a stream's outputs that are not empty, node by node. */
final class StreamTexts {
    private static final int FEW = 3;

    private final Map<String, List<String>> byNode = new LinkedHashMap<>();

    StreamTexts(List<StreamReading.Item> items) {
        items.stream()
                .flatMap(item -> Frames.outputs(item.object()).properties().stream())
                .filter(output -> output.getValue().isTextual()
                        && !output.getValue().asText().isEmpty())
                .forEach(output -> byNode.computeIfAbsent(output.getKey(), node -> new ArrayList<>())
                        .add(output.getValue().asText()));
    }

    List<String> all() {
        return byNode.values().stream().flatMap(List::stream).toList();
    }

    /** Whether each text begins with the one before of its node; empty if there are too few. */
    Optional<Boolean> snapshots() {
        List<List<String>> several =
                byNode.values().stream().filter(texts -> texts.size() > 1).toList();
        if (several.stream().mapToInt(List::size).sum() < FEW) {
            return Optional.empty();
        }
        boolean grow = several.stream()
                .anyMatch(texts ->
                        texts.get(texts.size() - 1).length() > texts.get(0).length());
        return Optional.of(grow && several.stream().allMatch(StreamTexts::repeat));
    }

    private static boolean repeat(List<String> texts) {
        return IntStream.range(1, texts.size()).allMatch(i -> texts.get(i).startsWith(texts.get(i - 1)));
    }
}
