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
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs an example as its command says: checks the options and the account, and ends the process with a status that scripts can
 * trust. Whatever goes wrong is one line on standard error.
 */
public final class CommandLine {
    public static final int FAILED = 1;
    public static final int NOT_STARTED = 2;

    /** How long the example may take to stop after Ctrl-C, before its process ends. */
    private static final Duration STOP = Duration.ofMillis(1200);

    private static final int INTERRUPTED = 130;

    private CommandLine() {}

    /** What the example does with the account; returns the exit status. */
    @FunctionalInterface
    public interface Example {
        int run(Account account) throws Exception;
    }

    /**
     * Runs the example and ends this process.
     *
     * @param options the names of the system properties that the example reads
     * @param simulatedFlow the flow to call if there is no account
     * @param simulator starts the simulator if there is no account
     */
    public static void run(
            Set<String> options, String simulatedFlow, Supplier<StackAiSimulator> simulator, Example example) {
        run(options, STOP, example, () -> {
            Account account = Account.of(System.getenv(), simulatedFlow, simulator);
            account.check();
            return account;
        });
    }

    /**
     * As {@link #run}, for an example that examines the account itself.
     *
     * @param stop how long the example may take to stop after Ctrl-C; it says so on the terminal
     */
    public static void unchecked(
            Set<String> options,
            String simulatedFlow,
            Supplier<StackAiSimulator> simulator,
            Duration stop,
            Example example) {
        run(options, stop, example, () -> Account.of(System.getenv(), simulatedFlow, simulator));
    }

    /** As {@link #run}, for an example that always calls the simulator. */
    public static void simulated(Set<String> options, Supplier<StackAiSimulator> simulator, Example example) {
        run(options, STOP, example, () -> Account.of(Map.of(), "", simulator));
    }

    private static void run(Set<String> options, Duration stop, Example example, Supplier<Account> account) {
        endSoonAfterCtrlC(stop);
        Supplier<Account> accounts = () -> {
            Options.check(System.getProperties(), options);
            return account.get();
        };
        System.exit(status(accounts, example, System.out, System.err));
    }

    /** Runs the example and returns the exit status. */
    public static int status(Supplier<Account> accounts, Example example, PrintStream out, PrintStream err) {
        try (Account account = accounts.get()) {
            out.println(account.description());
            return example.run(account);
        } catch (IllegalArgumentException e) {
            err.println("Not started: " + e.getMessage());
            return NOT_STARTED;
        } catch (Exception e) {
            failed(e, err);
            return FAILED;
        }
    }

    /** Prints the reason in one line, unless the process is being ended. */
    public static void failed(Exception failure, PrintStream err) {
        if (!isStopping()) {
            err.println("Failed: " + reason(failure));
        }
    }

    /** Waits for Ctrl-C, for an example that is a server. */
    public static int untilStopped() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    /** Whether Ctrl-C or kill is ending this process: then a failure is a consequence of that. */
    private static boolean isStopping() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            return true;
        }
        return !Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** The message of the last cause. */
    private static String reason(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return (message == null || message.isBlank() ? cause.toString() : message)
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private static void endSoonAfterCtrlC(Duration stop) {
        Executor later = CompletableFuture.delayedExecutor(stop.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            endAfterAnother();
            later.execute(CommandLine::end);
        }));
    }

    private static void end() {
        Runtime.getRuntime().halt(INTERRUPTED);
    }

    /**
     * Ends the process if Ctrl-C or kill comes again, which Java ignores. By reflection, since the compiler warns of
     * {@code sun.misc}.
     */
    private static void endAfterAnother() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object end = Proxy.newProxyInstance(
                    CommandLine.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        end();
                        return null;
                    });
            for (String name : List.of("INT", "TERM")) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), end);
            }
        } catch (ReflectiveOperationException e) {
            // the process ends when its time is over
        }
    }
}
