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
package io.github.camelstackai.examples.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a socket receives until a deadline, with a limit for each wait. */
final class TimedInput extends InputStream {
    private final Socket socket;
    private final InputStream in;
    private final long deadline;
    private Duration longestWait;

    /** @param deadline as a {@link System#nanoTime()} */
    TimedInput(Socket socket, long deadline, Duration longestWait) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.deadline = deadline;
        this.longestWait = longestWait;
    }

    void longestWait(Duration duration) {
        longestWait = duration;
    }

    /** Whether the deadline is over. */
    boolean isLate() {
        return millisLeft() <= 0;
    }

    private long millisLeft() {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    @Override
    public int read() throws IOException {
        byte[] next = new byte[1];
        return read(next, 0, 1) < 0 ? -1 : next[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        long left = millisLeft();
        if (left <= 0) {
            throw new SocketTimeoutException("the answer has no end");
        }
        socket.setSoTimeout((int) Math.min(longestWait.toMillis(), left));
        return in.read(bytes, from, length);
    }
}
