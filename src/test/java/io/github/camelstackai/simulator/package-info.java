/**
 * A stand-in for StackAI on a free loopback port: the five operations as the service would answer them, and any answer,
 * delay or socket fault that a test asks for. Start at {@link io.github.camelstackai.simulator.StackAiSimulator}.
 *
 * <p>How a request goes: {@code SimulatorServer} (HttpCore) → {@code Exchange} (one request) → {@code Script} (what the
 * test asked for) or {@code Service} (what StackAI would say) → {@link io.github.camelstackai.simulator.Reply} →
 * {@code Playback} (its bytes in time) → {@code Connection} (the socket, where responses are cut).
 */
package io.github.camelstackai.simulator;
