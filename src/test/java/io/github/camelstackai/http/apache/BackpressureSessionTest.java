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
package io.github.camelstackai.http.apache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.hc.core5.function.Decorator;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackpressureSessionTest {
    private final List<String> called = new ArrayList<>();
    private int eventMask;

    private final IOSession session = new BackpressureSession(
            session((proxy, method, arguments) -> {
                called.add(method.getName());
                return switch (method.getName()) {
                    case "getEventMask" -> eventMask;
                    case "read" -> 7;
                    default -> defaultValue(method.getReturnType());
                };
            }),
            null);

    private static IOSession session(InvocationHandler handler) {
        return (IOSession) Proxy.newProxyInstance(
                BackpressureSessionTest.class.getClassLoader(), new Class<?>[] {IOSession.class}, handler);
    }

    private static Object defaultValue(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null;
    }

    @ParameterizedTest
    @ValueSource(ints = {EventMask.READ, EventMask.READ | EventMask.WRITE})
    void dataIsReadWhileReadingIsWanted(int mask) throws Exception {
        eventMask = mask;
        assertThat(session.read(ByteBuffer.allocate(9))).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, EventMask.WRITE})
    void nothingIsReadWhileReadingIsSuspended(int mask) throws Exception {
        eventMask = mask;
        assertThat(session.read(ByteBuffer.allocate(9))).isZero();
        assertThat(called).doesNotContain("read");
    }

    /** The mask of the socket, given the interest of HTTP, with or without bytes that TLS holds. */
    private static IOSession tls(AtomicBoolean holds) throws Exception {
        ReentrantLock lock = new ReentrantLock();
        AtomicInteger wanted = new AtomicInteger(EventMask.READ_WRITE);
        Decorator<IOSession> decorator = BackpressureSession.decorator();
        decorator.decorate(session((proxy, method, arguments) -> switch (method.getName()) {
            case "getLock" -> lock;
            case "getEventMask" -> wanted.get() | (holds.get() ? EventMask.WRITE : 0);
            default -> defaultValue(method.getReturnType());
        }));
        return decorator.decorate(session((proxy, method, arguments) -> switch (method.getName()) {
            case "getLock" -> lock;
            case "getEventMask" -> wanted.get();
            case "setEventMask" -> {
                wanted.set((int) arguments[0]);
                yield null;
            }
            default -> defaultValue(method.getReturnType());
        }));
    }

    @Test
    void tlsSessionHasUnsentBytesUntilTheSocketHasAcceptedThem() throws Exception {
        AtomicBoolean holds = new AtomicBoolean(true);
        BackpressureSession tls = (BackpressureSession) tls(holds);
        assertThat(tls.hasUnsent()).as("nothing written").isFalse();
        tls.write(ByteBuffer.allocate(1));
        assertThat(tls.hasUnsent()).isTrue();
        assertThat(tls.getEventMask()).as("is left as it was").isEqualTo(EventMask.READ_WRITE);
        holds.set(false);
        assertThat(tls.hasUnsent()).isFalse();
    }

    @Test
    void sessionWithoutTlsHoldsNothing() throws Exception {
        eventMask = EventMask.READ_WRITE;
        session.write(ByteBuffer.allocate(1));
        assertThat(((BackpressureSession) session).hasUnsent()).isFalse();
    }

    static Stream<Method> otherMethods() {
        return Arrays.stream(IOSession.class.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> !method.getName().equals("read"));
    }

    @ParameterizedTest
    @MethodSource("otherMethods")
    void everythingElseIsPassedOn(Method method) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(BackpressureSessionTest::defaultValue)
                .toArray();
        method.invoke(session, arguments);
        assertThat(called).containsExactly(method.getName());
    }

    @Test
    void sessionHasOtherMethods() {
        assertThat(otherMethods()).hasSizeGreaterThan(20);
    }
}
