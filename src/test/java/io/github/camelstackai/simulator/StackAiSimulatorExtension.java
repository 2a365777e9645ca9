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
 * <pre>{@code
 * @RegisterExtension
 * static final StackAiSimulatorExtension stackAi = new StackAiSimulatorExtension();
 * }</pre>
 */
public final class StackAiSimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final StackAiSimulatorBuilder settings;
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
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stopFor(context);
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
