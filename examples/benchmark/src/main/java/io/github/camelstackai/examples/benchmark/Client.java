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

import io.github.camelstackai.examples.benchmark.StackAiRoute.Reading;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The process of one contender, so that contenders do not share compiled code, heap and threads. Measures for each line of
 * standard input and prints a line of figures. Ends with its standard input.
 */
public final class Client {
    private static final int CONNECTIONS = 10_000;
    /** Connections that are closed after a turn. */
    private static final int MANY = 5_000;

    private final String name;
    private final String baseUrl;
    private final long idleHeap;
    private Contender contender;

    private Client(String name, String baseUrl, long idleHeap) {
        this.name = name;
        this.baseUrl = baseUrl;
        this.idleHeap = idleHeap;
        this.contender = contender();
    }

    /** @param arguments contender, base URL */
    public static void main(String[] arguments) throws Exception {
        System.setProperty(Observed.JMX_DISABLED, String.valueOf(!"stackai-observed".equals(arguments[0])));
        long idleHeap = Usage.heap();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            Client client = new Client(arguments[0], arguments[1], idleHeap);
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                System.out.println(client.measure(command.split(" ")));
            }
            System.exit(0); // ends the threads of the contender too
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private Contender contender() {
        return switch (name) {
            case "bare" -> new BareClient(baseUrl, CONNECTIONS);
            case "camel-http" -> new HttpRoute(baseUrl, CONNECTIONS);
            case "camel-vertx-http" -> new VertxHttpRoute(baseUrl, CONNECTIONS);
            case "stackai" -> new StackAiRoute(baseUrl, CONNECTIONS, Reading.ITERATOR);
            case "stackai-meters" -> new StackAiRoute(baseUrl, CONNECTIONS, Reading.ITERATOR, Observed::byMeters);
            case "stackai-observed" -> new StackAiRoute(baseUrl, CONNECTIONS, Reading.ITERATOR, Observed::byAll);
            case "stackai-traced" -> new StackAiRoute(baseUrl, CONNECTIONS, Reading.ITERATOR, Observed::byTraces);
            case "stackai-split" -> new StackAiRoute(baseUrl, CONNECTIONS, Reading.SPLIT);
            case "stackai-publisher" -> new StackAiRoute(baseUrl, CONNECTIONS, Reading.PUBLISHER);
            case "stackai-io-thread" -> new StackAiRoute(baseUrl, CONNECTIONS, Reading.IO_THREAD);
            case "stackai-collect" -> new StackAiRoute(baseUrl, CONNECTIONS, Reading.COLLECT);
            case "stackai-chunk-uri" -> new StackAiRoute(baseUrl, CONNECTIONS, Reading.CHUNK_URI);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Map<String, Double> measure(String[] command) throws InterruptedException {
        double[] numbers = new double[command.length];
        for (int i = 1; i < command.length; i++) {
            numbers[i] = Double.parseDouble(command[i]);
        }
        return switch (command[0]) {
            case "runs" -> runs((int) numbers[1], (long) numbers[2], (long) numbers[3], numbers[4]);
            case "burst" -> StreamLoad.burst(contender, (long) numbers[1], numbers[2]);
            case "paced" ->
                closedAfter(
                        StreamLoad.paced(
                                contender, (int) numbers[1], (int) numbers[2], (long) numbers[3], (long) numbers[4]),
                        (int) numbers[1]);
            case "held" ->
                closedAfter(
                        StreamLoad.held(
                                contender,
                                (int) numbers[1],
                                (int) numbers[2],
                                (long) numbers[3],
                                (long) numbers[4],
                                idleHeap),
                        (int) numbers[1]);
            case "first" -> StreamLoad.first(contender, (int) numbers[1]);
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    private Map<String, Double> runs(int users, long delayMillis, long rampMillis, double seconds)
            throws InterruptedException {
        Map<String, Double> figures = RunLoad.measure(contender, users, delayMillis, rampMillis, seconds, idleHeap);
        return rampMillis > 0 ? closedAfter(figures, users) : figures;
    }

    /** Closes many connections after a turn: the server cannot have those of several clients open at once. */
    private Map<String, Double> closedAfter(Map<String, Double> figures, int connections) {
        if (connections >= MANY) {
            contender.close();
            contender = contender();
        }
        return figures;
    }
}
