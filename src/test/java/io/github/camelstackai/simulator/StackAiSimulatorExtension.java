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

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a simulator for JUnit tests: in a static field one for all tests of the class, in an instance field one for each
 * test. Resets it before each test. A test can have a parameter of type {@link StackAiSimulator}.
 *
 * <p>A test with {@link RecordedStackAi}, or each test after {@link #recorded}, is answered from a recording. It fails if a call
 * matches none. With the system property {@code stackai.record=true} the calls are recorded; the first call that is recorded
 * replaces the file.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();
 * }</pre>
 */
public final class StackAiSimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final String RECORD_PROPERTY = "stackai.record";
    private static final ExtensionContext.Namespace FILES =
            ExtensionContext.Namespace.create(StackAiSimulatorExtension.class);

    private final StackAiSimulatorBuilder settings;
    // Written by the thread that creates the extension. Null for none.
    private StackAiRecording recording;
    // Written by JUnit's thread before the first test and after the last. Null when no simulator runs.
    private volatile StackAiSimulator simulator;
    private volatile String startedFor;

    /** Creates an extension with the default settings. */
    public StackAiSimulatorExtension() {
        this(StackAiSimulator.builder());
    }

    /** Creates an extension that starts simulators with these settings. */
    public StackAiSimulatorExtension(StackAiSimulatorBuilder settings) {
        this.settings = settings;
    }

    /** Records or replays each test with these settings; an annotation names another file. */
    public StackAiSimulatorExtension recorded(StackAiRecording settings) {
        recording = settings.copy();
        return this;
    }

    /**
     * The running simulator.
     *
     * @throws IllegalStateException before the first test and after the last
     */
    public StackAiSimulator simulator() {
        StackAiSimulator running = simulator;
        if (running == null) {
            throw new IllegalStateException(
                    "No simulator runs; put the extension into a field with @RegisterExtension");
        }
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startFor(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        startFor(context);
        simulator().reset();
        StackAiRecording chosen = recording(context);
        if (chosen != null && Boolean.getBoolean(RECORD_PROPERTY)) {
            chosen.checkAccount();
            simulator().record(chosen, file(context, chosen));
        } else if (chosen != null) {
            simulator().replay(chosen);
        }
    }

    private static RecordingFile file(ExtensionContext context, StackAiRecording recording) {
        RecordingFile opened = context.getRoot()
                .getStore(FILES)
                .getOrComputeIfAbsent(
                        recording.file, file -> RecordingFile.create(file, recording.masked), RecordingFile.class);
        if (opened.isMasked() != recording.masked) {
            throw new IllegalStateException("The recording " + recording.file + " is "
                    + (recording.masked ? "not masked" : "masked")
                    + " by another test; set masked for all tests that use the file, or for none");
        }
        return opened;
    }

    private StackAiRecording recording(ExtensionContext context) {
        RecordedStackAi annotation = annotation(context);
        if (annotation == null) {
            return recording;
        }
        StackAiRecording named = StackAiRecording.named(annotation.value());
        StackAiRecording chosen = recording == null ? named : recording.copy().file(named.file);
        chosen.ignoring(annotation.ignoring());
        chosen.masked |= annotation.masked();
        chosen.withTimes |= annotation.withTimes();
        return chosen;
    }

    /** That of the method, else of its class or the nearest class around it; null for none. */
    private static RecordedStackAi annotation(ExtensionContext context) {
        RecordedStackAi found = context.getRequiredTestMethod().getAnnotation(RecordedStackAi.class);
        Class<?> type = context.getRequiredTestClass();
        for (; found == null && type != null; type = type.getEnclosingClass()) {
            found = type.getAnnotation(RecordedStackAi.class);
        }
        return found;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> unmatched = simulator().unmatched();
        stopFor(context);
        if (!unmatched.isEmpty()) {
            throw new AssertionError(String.join("\n", unmatched));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stopFor(context);
    }

    /** Does nothing in nested test classes, which share the simulator of the outer class. */
    private void startFor(ExtensionContext context) {
        if (simulator == null) {
            simulator = settings.start();
            startedFor = context.getUniqueId();
        }
    }

    private void stopFor(ExtensionContext context) {
        if (context.getUniqueId().equals(startedFor)) {
            simulator.close();
            simulator = null;
            startedFor = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == StackAiSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulator();
    }
}
