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
    private static final long STOP_MILLIS = 1200;

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
        run(options, example, () -> {
            Account account = Account.of(System.getenv(), simulatedFlow, simulator);
            account.check();
            return account;
        });
    }

    /** As {@link #run}, for an example that examines the account itself. */
    public static void unchecked(
            Set<String> options, String simulatedFlow, Supplier<StackAiSimulator> simulator, Example example) {
        run(options, example, () -> Account.of(System.getenv(), simulatedFlow, simulator));
    }

    /** As {@link #run}, for an example that always calls the simulator. */
    public static void simulated(Set<String> options, Supplier<StackAiSimulator> simulator, Example example) {
        run(options, example, () -> Account.of(Map.of(), "", simulator));
    }

    private static void run(Set<String> options, Example example, Supplier<Account> account) {
        endSoonAfterCtrlC();
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
            if (!isStopping()) {
                err.println("Failed: " + reason(e));
            }
            return FAILED;
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

    private static void endSoonAfterCtrlC() {
        Executor later = CompletableFuture.delayedExecutor(STOP_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> later.execute(() -> Runtime.getRuntime().halt(INTERRUPTED))));
    }
}
