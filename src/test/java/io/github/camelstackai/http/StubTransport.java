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
package io.github.camelstackai.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A transport that sends nothing, and leaves the response to the test. */
public final class StubTransport implements HttpTransport {
    /** A request that was sent. */
    public record Sent(OutboundRequest request, CallTimeouts timeouts, SimulatedCall call) {
        /** The value of a header; null for none. */
        public String header(String name) {
            return request.headers().stream()
                    .filter(header -> header.getKey().equals(name))
                    .map(java.util.Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
    }

    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Override
    public HttpCall send(OutboundRequest request, CallTimeouts timeouts, ResponseReceiver receiver) {
        Throwable thrown = failure.getAndSet(null);
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown;
        }
        SimulatedCall call = new SimulatedCall(receiver);
        sent.add(new Sent(request, timeouts, call));
        return call;
    }

    /**
     * Lets the next request fail.
     *
     * @param cause that it throws, a {@link RuntimeException} or an {@link Error}
     */
    public void failNext(Throwable cause) {
        failure.set(cause);
    }

    public List<Sent> sent() {
        return sent;
    }

    public Sent last() {
        return sent.get(sent.size() - 1);
    }
}
