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

import static io.github.camelstackai.route.fault.Fault.TimeLimit.CONNECT;
import static io.github.camelstackai.route.fault.Fault.TimeLimit.IDLE;
import static io.github.camelstackai.route.fault.Fault.TimeLimit.RESPONSE;
import static io.github.camelstackai.route.fault.Fault.TimeLimit.TOTAL;
import static io.github.camelstackai.route.fault.Fault.inBody;
import static io.github.camelstackai.route.fault.Fault.inHead;
import static io.github.camelstackai.route.fault.Fault.noService;
import static io.github.camelstackai.route.fault.Fault.whileSending;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.camelstackai.route.DeadPort;
import io.github.camelstackai.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The faults on the wire, one line each. To add a fault, add a line and run {@link FaultMatrixTest}, which prints the rows for
 * the page. A fault that ends by a limit names that limit, which is then short.
 */
final class Faults {
    private static final Duration TICK = Duration.ofMillis(20);
    /** Long enough to be read: bytes that are unread when the connection ends may be lost. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final String PAGE = "<html><h1>It works!</h1></html>";

    static final List<Fault> ALL = List.of(
            // the connection
            noService("connection refused", DeadPort.Behaviour.REFUSING),
            noService("connection never answered (black hole)", DeadPort.Behaviour.FULL)
                    .endedBy(CONNECT),
            // while the request is being sent
            whileSending("reset while the request is being sent", Reply.reset().beforeBody()),
            whileSending("request never read", DeadPort.Behaviour.DEAF).endedBy(RESPONSE),
            whileSending(
                    "refusal while the request is being sent",
                    Reply.error(413, "too large").beforeBody()),
            // the head
            inHead("reset instead of the head", Reply.reset()),
            inHead("close instead of the head", Reply.close()),
            inHead("silence instead of the head", Reply.never()).endedBy(RESPONSE),
            inHead("reset in the head", Reply.raw("HTTP/1.1 200 OK\r\nConte").thenReset()),
            inHead("half a head, then a close", Reply.raw("HTTP/1.1 200 OK\r\nConte")),
            inHead(
                            "half a head, then silence",
                            Reply.raw("HTTP/1.1 200 OK\r\nConte").thenSilence())
                    .endedBy(RESPONSE),
            inHead("head that trickles", Reply.chunks().trickle(1, Duration.ofMillis(150)))
                    .endedBy(RESPONSE),
            inHead("garbage for a status line", Reply.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
            inHead("head without end", () -> Reply.raw(endless("HTTP/1.1 200 OK\r\n", "X-More: y\r\n".repeat(100)))),
            inHead("header line without end", () -> Reply.raw(endless("HTTP/1.1 200 OK\r\nX: ", "x".repeat(1000)))),
            inHead("reset after the head", Reply.chunks().thenReset()),
            inHead("close after the head", Reply.chunks().thenClose()),
            inHead("silence after the head", Reply.chunks().thenSilence()).endedBy(IDLE),
            // the body
            inBody("reset in the body", answer -> answer.begun().thenReset()),
            inBody("close in the body", answer -> answer.begun().thenClose()),
            inBody("silence in the body", answer -> answer.begun().thenSilence())
                    .endedBy(IDLE),
            inBody("body that trickles", answer -> answer.begunThenTrickling(TICK))
                    .endedBy(TOTAL),
            inBody("body without end", answer -> answer.begunThen("x".repeat(1000)))
                    .of(CallVariant.allBut(CallVariant.DOWNLOAD)),
            inBody("reset after the body", answer -> answer.wholeBefore(SOON).thenReset()),
            inBody("close after the body, instead of its end", answer -> answer.wholeBefore(SOON)
                    .thenClose()),
            inBody("silence after the body, instead of its end", answer -> answer.whole()
                            .thenSilence())
                    .endedBy(IDLE),
            inBody("Content-Length too long, then a close", answer -> answer.length(+7)
                    .thenClose()),
            inBody("Content-Length too long, then silence", answer -> answer.length(+7)
                            .thenSilence())
                    .endedBy(IDLE),
            inBody("Content-Length too short, then a close", answer -> answer.length(-7)
                    .thenClose()),
            inBody("HTTP/1.0, ended by the close", answer -> answer.http10()),
            inBody("HTTP/1.0, cut off", answer -> answer.http10CutOff()),
            // the content
            inHead("HTML with status 200", Reply.text(PAGE).contentType("text/html")),
            inHead(
                    "HTML with status 502",
                    Reply.text(PAGE).contentType("text/html").withStatus(502)),
            inHead(
                    "HTML with status 504",
                    Reply.text(PAGE).contentType("text/html").withStatus(504)),
            inHead("status 200 and nothing", Reply.bytes(new byte[0])),
            inHead("status 204", Reply.bytes(new byte[0]).withStatus(204)),
            inHead("JSON of another kind", Reply.json("[1]")),
            inHead("redirect", Reply.bytes(new byte[0]).withStatus(307).header("Location", "https://example.com/")),
            inHead("gzip that nobody asked for", AnswerTemplate.gzip()),
            inBody("UTF-8 that calls itself ISO 8859-1", answer -> answer.whole()
                    .contentType("text/plain; charset=iso-8859-1")),
            inBody("ISO 8859-1 that calls itself UTF-8", answer -> answer.in(ISO_8859_1)),
            inBody("100 Continue that nobody asked for", answer -> answer.after("HTTP/1.1 100 Continue\r\n\r\n")),
            inBody("second answer that nobody asked for", answer -> answer.twice()));

    private Faults() {}

    private static Supplier<byte[]> endless(String begin, String more) {
        AtomicBoolean begun = new AtomicBoolean();
        return () -> (begun.getAndSet(true) ? more : begin).getBytes(ISO_8859_1);
    }
}
