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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.reactor.EventMask;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.junit.jupiter.api.Test;

class LastAnswerReaderTest {
    private final List<String> called = new ArrayList<>();
    private IOException writing = new IOException("broken pipe");
    private IOException reading;
    private int readsWanted;

    private final IOSession session = proxy(IOSession.class, (proxy, method, arguments) -> switch (method.getName()) {
        case "isOpen" -> true;
        case "getEventMask" -> called.size() <= readsWanted ? EventMask.READ_WRITE : EventMask.WRITE;
        default -> throw new UnsupportedOperationException(method.toString());
    });
    private final LastAnswerReader reader =
            new LastAnswerReader(proxy(IOEventHandler.class, (proxy, method, arguments) -> {
                called.add(method.getName());
                IOException failure = method.getName().equals("outputReady") ? writing : reading;
                if (failure != null) {
                    throw failure;
                }
                return null;
            }));

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private void assertWritingFails() {
        assertThatThrownBy(() -> reader.outputReady(session)).isSameAs(writing);
    }

    @Test
    void successReadsNothing() throws Exception {
        readsWanted = 9;
        writing = null;
        reader.outputReady(session);
        assertThat(called).containsExactly("outputReady");
    }

    @Test
    void failureReadsWhileReadingIsWanted() {
        readsWanted = 2;
        assertWritingFails();
        assertThat(called).containsExactly("outputReady", "inputReady", "inputReady");
    }

    @Test
    void readingEnds() {
        readsWanted = Integer.MAX_VALUE;
        assertWritingFails();
        assertThat(called).hasSizeBetween(10, 100);
    }

    @Test
    void failureToReadIsSuppressed() {
        readsWanted = 9;
        reading = new IOException("reset");
        assertWritingFails();
        assertThat(called).containsExactly("outputReady", "inputReady");
        assertThat(writing).hasSuppressedException(reading);
    }

    @Test
    void unreadableContentReadsNothing() {
        readsWanted = 9;
        writing = new UnreadableContentException(new IOException("disk"));
        assertWritingFails();
        assertThat(called).containsExactly("outputReady");
    }
}
