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
package io.github.camelstackai.simulator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Answers calls from a recording, and requests of no operation as the service. */
final class Replayer implements Answerer {
    private static final int NO_RECORDING = 501;

    private final StackAiSimulatorBuilder simulator;
    private final StackAiRecording recording;
    private final ServiceEmulator service;
    private final CallRequestReader reader;
    private final List<RecordedCall> calls;
    // Guarded by this.
    private final BitSet used = new BitSet();
    private final List<String> unmatched = new ArrayList<>();

    /**
     * @throws IllegalArgumentException if the file cannot be read
     */
    Replayer(StackAiSimulatorBuilder simulator, StackAiRecording settings, ServiceEmulator service) {
        RecordingFile.Content content = RecordingFile.read(settings.file);
        this.simulator = simulator;
        this.recording = settings.copy();
        this.recording.masked = content.masked();
        this.service = service;
        this.reader = new CallRequestReader(simulator, recording);
        this.calls = content.calls();
    }

    @Override
    public CompletionStage<Reply> answer(RecordedRequest request) {
        return CompletableFuture.completedStage(
                reader.operation(request) == null
                        ? service.answer(request)
                        : replay(reader.read(request, reader.filter(request))));
    }

    private synchronized Reply replay(CallRequest request) {
        List<Integer> matching =
                all(IntStream.range(0, calls.size()).boxed(), one -> request.matches(one, recording.ignored));
        if (matching.isEmpty()) {
            String text = nearest(request);
            unmatched.add(text);
            return Reply.error(NO_RECORDING, text);
        }
        List<Integer> same = all(matching.stream(), one -> request.hasQueryOf(one, recording.ignored));
        List<Integer> best = same.isEmpty() ? matching : same;
        int next = best.stream().filter(i -> !used.get(i)).findFirst().orElse(best.get(best.size() - 1));
        used.set(next);
        return calls.get(next).reply(recording.withTimes, simulator.orgId);
    }

    private List<Integer> all(Stream<Integer> some, Predicate<CallRequest> condition) {
        return some.filter(i -> condition.test(calls.get(i).request())).toList();
    }

    private String nearest(CallRequest request) {
        String text = "The recording " + recording.file + " has no call like " + request;
        return IntStream.range(0, calls.size())
                .boxed()
                .min(Comparator.comparingInt(i -> distance(request, calls.get(i).request())))
                .map(i -> text + ". The nearest is call " + (i + 1) + ": "
                        + String.join(", ", differences(request, calls.get(i).request())))
                .orElse(text + ". It is empty");
    }

    private List<String> differences(CallRequest request, CallRequest recorded) {
        return request.differences(recorded, recording.ignored);
    }

    /** Operation and path count more than any input. */
    private int distance(CallRequest request, CallRequest recorded) {
        int distance = differences(request, recorded).size();
        distance += request.operation().equals(recorded.operation()) ? 0 : 1000;
        return distance + (request.path().equals(recorded.path()) ? 0 : 100);
    }

    @Override
    public synchronized List<String> unmatched() {
        return List.copyOf(unmatched);
    }
}
