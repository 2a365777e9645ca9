/**
 * A server on a free loopback port that simulates StackAI: the five operations as the service answers them, and any answer,
 * delay or socket fault that a test sets. Start at {@link io.github.camelstackai.simulator.StackAiSimulator}.
 *
 * <p>The way of a request: {@code SimulatorServer} (HttpCore) → {@code ServerExchange} (one request) → {@code Dispatcher}
 * (the test's replies) or {@code ServiceEmulator} (StackAI's) → {@link io.github.camelstackai.simulator.Reply} →
 * {@code ReplySender} with {@code ReplyEncoder} (its bytes, timed) → {@code ServerConnection} (the socket, where responses
 * are cut).
 */
package io.github.camelstackai.simulator;
