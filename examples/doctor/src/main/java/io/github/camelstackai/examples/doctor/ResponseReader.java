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

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads one answer, and records when each piece of its body arrives. */
final class ResponseReader {
    private static final int MAX_BODY = 32 * 1024 * 1024;
    private static final int BUFFER = 16 * 1024;
    private static final int NO_CONTENT = 204;

    private static final int MAX_INTERIM = 16;

    private final TimedInput timed;
    private final InputStream in;
    private final long sent;
    private final List<Response.Piece> pieces = new ArrayList<>();
    private int size;

    /**
     * @param sent the {@link System#nanoTime()} at which the request was sent
     * @param time from then to the end of the answer, at most
     */
    ResponseReader(Socket socket, long sent, Duration time) throws IOException {
        this.timed = new TimedInput(socket, sent + time.toNanos(), time);
        this.in = new BufferedInputStream(timed, BUFFER);
        this.sent = sent;
    }

    /** @throws IOException if there is no complete head */
    Response read(Limits limits) throws IOException {
        Head head = Head.read(in);
        for (int interim = 0; head.status() / 100 == 1; interim++) {
            if (interim == MAX_INTERIM) {
                throw new IOException("too many interim answers");
            }
            head = Head.read(in);
        }
        Duration answered = elapsed();
        Instant received = Instant.now();
        timed.longestWait(limits.silence());
        Response.End end = body(head);
        return new Response(head, answered, received, List.copyOf(pieces), end, elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - sent);
    }

    private Response.End body(Head head) {
        String length = head.header("Content-Length");
        try {
            if ("chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))) {
                chunks();
            } else if (length != null || head.status() == NO_CONTENT) {
                exactly(length == null ? 0 : Integer.parseInt(length));
            } else {
                untilClose();
            }
            return Response.End.WHOLE;
        } catch (SocketTimeoutException e) {
            return timed.isLate() ? Response.End.LATE : Response.End.SILENT;
        } catch (IOException | NumberFormatException e) {
            return Response.End.CUT;
        }
    }

    private void chunks() throws IOException {
        while (true) {
            int length = Integer.parseInt(Head.line(in).replaceFirst(";.*", "").strip(), 16);
            if (length == 0) {
                while (!Head.line(in).isEmpty()) {
                    // a trailer
                }
                return;
            }
            exactly(length);
            Head.line(in);
        }
    }

    /** What arrives at once is a piece. */
    private void exactly(int length) throws IOException {
        for (int left = length; left > 0; ) {
            int read = piece(Math.min(left, BUFFER));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
        }
    }

    private void untilClose() throws IOException {
        while (piece(BUFFER) >= 0) {
            // until the end
        }
    }

    private int piece(int most) throws IOException {
        byte[] bytes = new byte[most];
        int read = in.read(bytes);
        if (read > 0) {
            size += read;
            pieces.add(new Response.Piece(elapsed(), Arrays.copyOf(bytes, read)));
        }
        if (size > MAX_BODY) {
            throw new IOException("too large");
        }
        return read;
    }
}
