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
package io.github.camelstackai.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BodyBufferTest {
    private final BodyBuffer buffer = new BodyBuffer();

    private void add(String text) {
        buffer.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Null if no more bytes come. */
    private String take(int max) {
        byte[] taken = buffer.take(max);
        return taken == null ? null : new String(taken, StandardCharsets.UTF_8);
    }

    @Test
    void bytesAreTakenInTheirOrderHoweverTheyCame() {
        add("abc");
        add("");
        add("def");
        assertThat(take(2)).isEqualTo("ab");
        add("g");
        assertThat(take(4)).isEqualTo("cdef");
        assertThat(take(9)).isEqualTo("g");
        assertThat(take(9)).as("none is here yet").isEmpty();
    }

    @Test
    void whatIsAddedIsCopied() {
        byte[] reused = {'a'};
        ByteBuffer more = ByteBuffer.wrap(reused);
        buffer.add(more);
        reused[0] = 'x';
        assertThat(more.hasRemaining()).isFalse();
        assertThat(take(1)).isEqualTo("a");
    }

    @Test
    void bytesOfAnySizeSurviveGrowthAndCompaction() {
        Random random = new Random(1);
        ByteArrayOutputStream added = new ByteArrayOutputStream();
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        for (int i = 0; i < 2000; i++) {
            byte[] more = new byte[random.nextInt(i % 100 == 0 ? 5000 : 300)];
            random.nextBytes(more);
            added.writeBytes(more);
            buffer.add(ByteBuffer.wrap(more));
            taken.writeBytes(buffer.take(random.nextInt(400)));
        }
        taken.writeBytes(buffer.take(Integer.MAX_VALUE));
        assertThat(taken.toByteArray()).isEqualTo(added.toByteArray());
    }

    @Test
    void whatIsHereCanBeTakenAfterTheEnd() {
        add("abc");
        buffer.end();
        add("late");
        assertThat(take(2)).isEqualTo("ab");
        assertThat(take(9)).isEqualTo("c");
        assertThat(take(9)).isNull();
        assertThat(buffer.failure()).isNull();
    }

    @Test
    void firstEndCounts() {
        IOException first = new IOException("first");
        buffer.fail(first);
        buffer.fail(new IOException("second"));
        buffer.end();
        assertThat(buffer.failure()).isSameAs(first);
        BodyBuffer ended = new BodyBuffer();
        ended.end();
        ended.fail(first);
        assertThat(ended.failure()).isNull();
    }

    @Test
    void abortOverridesAnEarlierEndAndDiscardsTheBytes() {
        IOException cause = new IOException("malformed");
        add("abc");
        buffer.end();
        buffer.abort(cause);
        assertThat(take(9)).isNull();
        assertThat(buffer.failure()).isSameAs(cause);
    }

    @Test
    void discardedBytesAreCounted() {
        assertThat(buffer.clear()).isZero();
        add("abcdef");
        take(2);
        assertThat(buffer.clear()).isEqualTo(4);
        add("g");
        assertThat(take(9)).isEqualTo("g");
    }

    @Test
    void arrivalAndEndNotifyTheListener() {
        AtomicInteger notified = new AtomicInteger();
        buffer.onArrival(notified::incrementAndGet);
        add("abc");
        assertThat(notified).hasValue(1);
        buffer.end();
        assertThat(notified).hasValue(2);
        add("late");
        buffer.end();
        assertThat(notified).as("nothing has changed").hasValue(2);
        buffer.abort(new IOException("malformed"));
        assertThat(notified).hasValue(3);
    }

    @Test
    void listenerThatIsRemovedIsNotNotified() {
        buffer.onArrival(() -> {
            throw new AssertionError("notified");
        });
        buffer.onArrival(null);
        add("abc");
    }

    @Test
    void waitEndsAtOnceWhereBytesOrTheEndAreHere() throws InterruptedException {
        add("abc");
        buffer.await();
        take(3);
        buffer.end();
        buffer.await();
    }

    @Test
    void waitEndsWithAFailure() {
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(this::awaitQuietly);
        buffer.fail(new IOException("reset"));
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void interruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(buffer::await).isInstanceOf(InterruptedException.class);
        add("abc");
        assertThat(take(9)).isEqualTo("abc");
    }

    @Test
    void readerGetsEveryByteWhileTheyArrive() throws Exception {
        byte[] body = new byte[1_000_000];
        new Random(2).nextBytes(body);
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(this::readAll);
        Random random = new Random(3);
        for (int sent = 0; sent < body.length; ) {
            int length = Math.min(1 + random.nextInt(2000), body.length - sent);
            buffer.add(ByteBuffer.wrap(body, sent, length));
            sent += length;
        }
        buffer.end();
        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(body);
    }

    /** The last notification comes after the last byte, however the two threads interleave. */
    @Test
    void readerThatIsNotifiedNeedsNotWait() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger taken = new AtomicInteger();
        buffer.onArrival(() -> {
            byte[] part = buffer.take(Integer.MAX_VALUE);
            if (part == null) {
                ended.countDown();
            } else {
                taken.addAndGet(part.length);
            }
        });
        CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 10_000; i++) {
                add("x");
            }
            buffer.end();
        });
        producer.get(30, TimeUnit.SECONDS);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(taken).hasValue(10_000);
    }

    private byte[] readAll() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        Random random = new Random(4);
        byte[] part = buffer.take(100);
        while (part != null) {
            read.writeBytes(part);
            if (part.length == 0) {
                awaitQuietly();
            }
            part = buffer.take(1 + random.nextInt(4096));
        }
        return read.toByteArray();
    }

    private void awaitQuietly() {
        try {
            buffer.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
