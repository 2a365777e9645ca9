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
package io.github.camelstackai.soak;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The calls of a round, each with its requests at the service and its redeliveries and outcomes in the route. */
final class Ledger {
    private static final int SOME = 20;

    private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();
    private final Queue<String> strays = new ConcurrentLinkedQueue<>();

    private static final class Entry {
        private final SoakCall call;
        private final AtomicInteger redeliveries = new AtomicInteger();
        private final Queue<String> ends = new ConcurrentLinkedQueue<>();
        private final AtomicInteger told = new AtomicInteger();
        private int requests; // written by the thread that asks the service

        Entry(SoakCall call) {
            this.call = call;
        }

        boolean holds() {
            Scenario scenario = call.scenario();
            return List.copyOf(ends).equals(List.of(scenario.outcome()))
                    && requests == scenario.requests()
                    && requests == 1 + redeliveries.get()
                    && told.get() == (call.isLogged() ? 1 : 0);
        }

        @Override
        public String toString() {
            return call.question() + " (" + call.kind() + ", " + call.scenario() + "): " + requests + " requests, "
                    + redeliveries + " redeliveries, ended with " + ends + ", told " + told + " times; expected "
                    + call.scenario().requests()
                    + " requests and [" + call.scenario().outcome() + "]";
        }
    }

    void begins(SoakCall call) {
        entries.put(call.number(), new Entry(call));
    }

    void redelivered(SoakCall call) {
        entries.get(call.number()).redeliveries.incrementAndGet();
    }

    void ended(SoakCall call, String outcome) {
        Entry entry = entries.get(call.number());
        if (entry == null) {
            strays.add(call.question() + " ended again after its round: " + outcome);
        } else {
            entry.ends.add(outcome);
        }
    }

    /** A route has received the run from the log. */
    void told(int number) {
        Entry entry = entries.get(number);
        if (entry == null) {
            strays.add("The run of call " + number + " was told in another round");
        } else {
            entry.told.incrementAndGet();
        }
    }

    /** Adds the request counts of the service, each as {@code number=count}. */
    void requested(String counts) {
        for (String count : counts.isBlank() ? new String[0] : counts.split(" ", -1)) {
            String[] pair = count.split("=", 2);
            Entry entry = entries.get(Integer.valueOf(pair[0]));
            if (entry == null) {
                strays.add(pair[1] + " requests of call " + pair[0] + ", which is not in this round");
            } else {
                entry.requests += Integer.parseInt(pair[1]);
            }
        }
    }

    /** The calls that did not end as expected, at most 20 of them. */
    List<String> faults() {
        Stream<String> wrong =
                entries.values().stream().filter(entry -> !entry.holds()).map(Entry::toString);
        return Stream.concat(strays.stream(), wrong).limit(SOME).toList();
    }

    /** The number of calls for each outcome; calls without an outcome count under the empty name. */
    Map<String, Integer> totals() {
        Map<String, Integer> totals = new HashMap<>();
        entries.values().forEach(entry -> totals.merge(String.join(" and ", entry.ends), 1, Integer::sum));
        return totals;
    }

    /** The calls of this round and their redeliveries. */
    long attempts() {
        return entries.values().stream()
                .mapToLong(entry -> 1 + entry.redeliveries.get())
                .sum();
    }

    void clear() {
        entries.clear();
    }
}
