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
package io.github.camelstackai.route.fault;

import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A way to fail on the wire.
 *
 * @param name what a reader of the page finds it by
 * @param reply what is answered, made from the answer that would have been right; null where no service is there
 * @param absent what is there instead; null where a service is
 * @param calls those that can meet it
 * @param largeRequest whether the request is larger than what the sockets hold
 * @param limit the option whose time has to pass first; null where none has
 */
record Fault(
        String name,
        Function<Answer, Reply> reply,
        DeadPort.Kind absent,
        List<Call> calls,
        boolean largeRequest,
        Limit limit) {
    /** What ends a wait. */
    enum Limit {
        CONNECT("connectTimeout"),
        RESPONSE("responseTimeout"),
        IDLE("streamIdleTimeout"),
        TOTAL("totalTimeout");

        /** Enough for what comes before the silence, on a busy machine. */
        static final Duration SHORT = Duration.ofMillis(1500);
        /** Never reached: a fault that ends by it shows in the bound on its time. */
        static final Duration LONG = Duration.ofMinutes(1);

        final String option;

        Limit(String option) {
            this.option = option;
        }
    }

    static Fault noService(String name, DeadPort.Kind absent) {
        return new Fault(name, null, absent, Call.BEGINNING, false, null);
    }

    static Fault whileSending(String name, Reply reply) {
        return new Fault(name, answer -> reply, null, Call.BEGINNING, true, null);
    }

    static Fault whileSending(String name, DeadPort.Kind absent) {
        return new Fault(name, null, absent, Call.BEGINNING, true, null);
    }

    static Fault inHead(String name, Reply reply) {
        return inHead(name, () -> reply);
    }

    static Fault inHead(String name, Supplier<Reply> reply) {
        return new Fault(name, answer -> reply.get(), null, Call.BEGINNING, false, null);
    }

    static Fault inBody(String name, Function<Answer, Reply> reply) {
        return new Fault(name, reply, null, Call.ALL, false, null);
    }

    /** The same, met when the time of {@code end} has passed. */
    Fault endedBy(Limit end) {
        return new Fault(name, reply, absent, calls, largeRequest, end);
    }

    Duration timeFor(Limit each) {
        return each == limit ? Limit.SHORT : Limit.LONG;
    }

    @Override
    public String toString() {
        return name;
    }
}
