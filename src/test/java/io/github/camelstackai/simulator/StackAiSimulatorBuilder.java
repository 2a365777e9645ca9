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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** The settings of a simulator. Not thread-safe; may start any number of simulators. */
public final class StackAiSimulatorBuilder implements Cloneable {
    // Written by the thread that builds; never after start(), which works with a copy.
    int port;
    int ioThreads = 2;
    int sendBufferSize;
    int remembered = 10_000;
    String apiKey = "sim-key";
    String orgId = "sim-org";
    String pathPrefix = "";
    String username = "sim-user";
    String password = "sim-password";
    Duration tokenLifetime = Duration.ofHours(1);
    Duration answerAfter = Duration.ZERO;
    Duration chunkEvery = Duration.ZERO;
    SSLContext sslContext;

    StackAiSimulatorBuilder() {}

    /** Default 0: a free port. */
    public StackAiSimulatorBuilder port(int newPort) {
        port = newPort;
        return this;
    }

    /** Default 2; there are two more threads, one that accepts connections and one that keeps the time. */
    public StackAiSimulatorBuilder ioThreads(int count) {
        ioThreads = count;
        return this;
    }

    /** Bytes of the kernel's send buffer of each connection; default 0: the kernel decides, often megabytes. */
    public StackAiSimulatorBuilder sendBufferSize(int bytes) {
        sendBufferSize = bytes;
        return this;
    }

    /** How many requests, runs and feedbacks are remembered; default 10,000 of each, the last ones. */
    public StackAiSimulatorBuilder remember(int count) {
        remembered = count;
        return this;
    }

    /** Default {@code sim-key}. */
    public StackAiSimulatorBuilder apiKey(String key) {
        apiKey = key;
        return this;
    }

    /** Default {@code sim-org}; calls for another organisation are answered 404. */
    public StackAiSimulatorBuilder orgId(String id) {
        orgId = id;
        return this;
    }

    /** A path before all others, such as {@code /gateway/stackai}; default none. */
    public StackAiSimulatorBuilder pathPrefix(String prefix) {
        String inner = prefix.replaceAll("^/+|/+$", "");
        pathPrefix = inner.isEmpty() ? "" : "/" + inner;
        return this;
    }

    /** Who is given an access token by {@code POST /token}; default {@code sim-user} with {@code sim-password}. */
    public StackAiSimulatorBuilder user(String name, String secret) {
        username = name;
        password = secret;
        return this;
    }

    /** How long an access token is good for; default one hour. */
    public StackAiSimulatorBuilder tokenLifetime(Duration lifetime) {
        tokenLifetime = lifetime;
        return this;
    }

    /** How long a run, or the first frame of a stream, takes; default no time. */
    public StackAiSimulatorBuilder answerAfter(Duration latency) {
        answerAfter = latency;
        return this;
    }

    /** The time between two frames of a stream; default none. */
    public StackAiSimulatorBuilder chunkEvery(Duration interval) {
        chunkEvery = interval;
        return this;
    }

    /** Serve https with this; default http. */
    public StackAiSimulatorBuilder tls(SSLContext context) {
        sslContext = context;
        return this;
    }

    /**
     * Starts a simulator; the port is open when this returns.
     *
     * @throws UncheckedIOException when the port is taken
     */
    public StackAiSimulator start() {
        try {
            return new StackAiSimulator((StackAiSimulatorBuilder) clone());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
