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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** The measured values of all rounds. */
final class Figures {
    /** Identifies a series of values. */
    record Key(String scenario, String contender, String figure) {}

    private final Map<Key, double[]> values = new LinkedHashMap<>();

    void add(Key key, double value) {
        double[] before = values.getOrDefault(key, new double[0]);
        double[] now = Arrays.copyOf(before, before.length + 1);
        now[before.length] = value;
        values.put(key, now);
    }

    List<Key> keys() {
        return List.copyOf(values.keySet());
    }

    double[] rounds(Key key) {
        return values.get(key).clone();
    }

    boolean has(Key key) {
        return values.containsKey(key);
    }

    Spread of(Key key) {
        return Spread.of(values.get(key));
    }

    /** Relates the values of two series, round by round. */
    Spread of(Key one, Key other, DoubleBinaryOperator relation) {
        double[] left = values.get(one);
        double[] right = values.get(other);
        double[] related = new double[Math.min(left.length, right.length)];
        Arrays.setAll(related, round -> relation.applyAsDouble(left[round], right[round]));
        return Spread.of(related);
    }

    /** The values of several rounds. */
    record Spread(double median, double min, double max) {
        static Spread of(double... values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }
}
