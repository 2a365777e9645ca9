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
import java.util.List;
import javax.net.ssl.SSLContext;

/** The settings of a simulator. Not thread-safe. Can start any number of simulators. No argument may be null. */
public final class StackAiSimulatorBuilder implements Cloneable {
    // Written by the thread that builds. A simulator has a copy that never changes.
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
    Duration loggedAfter = Duration.ZERO;
    SSLContext sslContext;

    StackAiSimulatorBuilder() {}

    /** The TCP port; default 0, which is a free port. */
    public StackAiSimulatorBuilder port(int newPort) {
        port = newPort;
        return this;
    }

    /** Number of I/O threads; default 2. One more thread accepts connections and one runs timed tasks. */
    public StackAiSimulatorBuilder ioThreads(int count) {
        ioThreads = count;
        return this;
    }

    /** Bytes of each connection's send buffer in the kernel; default 0: the kernel decides, often megabytes. */
    public StackAiSimulatorBuilder sendBufferSize(int bytes) {
        sendBufferSize = bytes;
        return this;
    }

    /** How many requests, runs and feedbacks the simulator keeps: the last ones, default 10,000 of each. */
    public StackAiSimulatorBuilder remember(int count) {
        remembered = count;
        return this;
    }

    /** The API key; default {@code sim-key}. */
    public StackAiSimulatorBuilder apiKey(String key) {
        apiKey = key;
        return this;
    }

    /** The organisation id; default {@code sim-org}. The service answers 404 for any other. */
    public StackAiSimulatorBuilder orgId(String id) {
        orgId = id;
        return this;
    }

    /** A path before all others, for example {@code /gateway/stackai}; default none. Outer slashes do not count. */
    public StackAiSimulatorBuilder pathPrefix(String prefix) {
        String inner = prefix.replaceAll("^/+|/+$", "");
        pathPrefix = inner.isEmpty() ? "" : "/" + inner;
        return this;
    }

    /** Of the path prefix; the first is the empty text before its first slash. */
    List<String> prefixSegments() {
        return List.of(pathPrefix.split("/", -1));
    }

    /** The user who gets an access token by {@code POST /token}; default {@code sim-user} with {@code sim-password}. */
    public StackAiSimulatorBuilder user(String name, String secret) {
        username = name;
        password = secret;
        return this;
    }

    /** How long an access token is valid; default one hour. */
    public StackAiSimulatorBuilder tokenLifetime(Duration lifetime) {
        tokenLifetime = lifetime;
        return this;
    }

    /** The time before the service answers a run, or the first frame of a stream; default none. */
    public StackAiSimulatorBuilder answerAfter(Duration latency) {
        answerAfter = latency;
        return this;
    }

    /** The time between two frames of the service's streams; default none. */
    public StackAiSimulatorBuilder chunkEvery(Duration interval) {
        chunkEvery = interval;
        return this;
    }

    /** The time after which the log shows a run that the service has carried out; default none. */
    public StackAiSimulatorBuilder loggedAfter(Duration delay) {
        loggedAfter = delay;
        return this;
    }

    /** Serves https with this context; default http. See {@link RecordedRequest#alpnProtocols()}. */
    public StackAiSimulatorBuilder tls(SSLContext context) {
        sslContext = context;
        return this;
    }

    /**
     * Starts a simulator. The port is open when this returns.
     *
     * @throws UncheckedIOException if the port is in use
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
