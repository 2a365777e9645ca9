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

import io.github.camelstackai.route.DeadPort;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A fault on the wire.
 *
 * @param name the name of the fault in the documentation
 * @param reply makes the faulty reply from the correct answer; null where there is no service
 * @param absent what takes the place of the service; null where there is a service
 * @param calls the calls that the fault can affect
 * @param largeRequest whether the request is larger than the socket buffers
 * @param limit the option whose time has to pass first; null for none
 */
record Fault(
        String name,
        Function<AnswerTemplate, Reply> reply,
        DeadPort.Behaviour absent,
        List<CallVariant> calls,
        boolean largeRequest,
        TimeLimit limit) {
    /** An option that limits a wait. */
    enum TimeLimit {
        CONNECT("connectTimeout"),
        RESPONSE("responseTimeout"),
        IDLE("streamIdleTimeout"),
        TOTAL("totalTimeout");

        /** Long enough, on a busy machine, for what precedes the silence. */
        static final Duration SHORT = Duration.ofMillis(1500);
        /** Never reached: a call that ends by it exceeds the time that the test allows. */
        static final Duration LONG = Duration.ofMinutes(1);

        final String option;

        TimeLimit(String option) {
            this.option = option;
        }
    }

    static Fault noService(String name, DeadPort.Behaviour absent) {
        return new Fault(name, null, absent, CallVariant.BEGINNING, false, null);
    }

    static Fault whileSending(String name, Reply reply) {
        return new Fault(name, answer -> reply, null, CallVariant.BEGINNING, true, null);
    }

    static Fault whileSending(String name, DeadPort.Behaviour absent) {
        return new Fault(name, null, absent, CallVariant.BEGINNING, true, null);
    }

    static Fault inHead(String name, Reply reply) {
        return inHead(name, () -> reply);
    }

    static Fault inHead(String name, Supplier<Reply> reply) {
        return new Fault(name, answer -> reply.get(), null, CallVariant.BEGINNING, false, null);
    }

    static Fault inBody(String name, Function<AnswerTemplate, Reply> reply) {
        return new Fault(name, reply, null, CallVariant.ALL, false, null);
    }

    /** The same fault, of these calls. */
    Fault of(List<CallVariant> affected) {
        return new Fault(name, reply, absent, affected, largeRequest, limit);
    }

    /** The same fault, which ends when the time of {@code end} has passed. */
    Fault endedBy(TimeLimit end) {
        return new Fault(name, reply, absent, calls, largeRequest, end);
    }

    Duration timeFor(TimeLimit each) {
        return each == limit ? TimeLimit.SHORT : TimeLimit.LONG;
    }

    @Override
    public String toString() {
        return name;
    }
}
