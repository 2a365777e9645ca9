/**
 * A stand-in for StackAI on a free loopback port: the five operations as the service would answer them, and any answer,
 * delay or socket fault that a test asks for. Start at {@link io.github.camelstackai.simulator.StackAiSimulator}.
 *
 * <p>How a request goes: {@code SimulatorServer} (HttpCore) → {@code ServerExchange} (one request) → {@code Dispatcher} (what the
 * test asked for) or {@code ServiceEmulator} (what StackAI would say) → {@link io.github.camelstackai.simulator.Reply} →
 * {@code ReplyEncoder} (its bytes in time) → {@code ServerConnection} (the socket, where responses are cut).
 */
package io.github.camelstackai.simulator;
