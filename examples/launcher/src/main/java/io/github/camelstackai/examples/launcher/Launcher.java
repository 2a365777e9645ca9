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
package io.github.camelstackai.examples.launcher;

import io.github.camelstackai.simulator.StackAiSimulator;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Set;

/**
 * Starts an application that reads its StackAI account from the environment. If the environment names no account, the
 * application gets the address of a simulator in this process, by system properties.
 */
public final class Launcher {
    private Launcher() {}

    /**
     * @param arguments the main class of the application; for an HTTP service also the environment variable of its port
     */
    public static void main(String[] arguments) {
        CommandLine.run(Set.of(), "support", Launcher::simulator, account -> {
            if (arguments.length > 1) {
                Port.check(arguments[1]);
            }
            return start(arguments[0], account);
        });
    }

    /** A simulator that answers after half a second. */
    public static StackAiSimulator simulator() {
        return StackAiSimulator.builder().answerAfter(Duration.ofMillis(500)).start();
    }

    /** Starts the application with the account, and waits for Ctrl-C. */
    public static int start(String application, Account account) throws Exception {
        account.properties().forEach(System::setProperty);
        account.variables().forEach(System::setProperty);
        // as an application refers to its key: Camel warns of one in plain text
        System.setProperty("camel.component.stackai.api-key", "{{sys:STACKAI_API_KEY}}");
        try {
            Class.forName(application).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
        return CommandLine.untilStopped();
    }
}
