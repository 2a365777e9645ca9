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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls the target, each time on a new connection, and keeps what came. A call that gets no answer is an answer without one. */
final class Service {
    private static final String JSON = "application/json";
    private static final String BOUNDARY = "doctor-boundary-7d9a";

    /** @param operation without names */
    record Call(String operation, Response response) {}

    private final Target target;
    private final Wire wire;
    private final Limits limits;
    private final Findings findings;
    private final AnswerChecks checks;
    private final List<Call> calls = new ArrayList<>();

    Service(Target target, Limits limits, Findings findings) {
        this.target = target;
        this.wire = new Wire(target);
        this.limits = limits;
        this.findings = findings;
        this.checks = new AnswerChecks(findings);
    }

    List<Call> calls() {
        return calls;
    }

    /** A path with its segments encoded. */
    static String path(String... segments) {
        return Arrays.stream(segments).map(Service::encode).collect(Collectors.joining("/", "/", ""));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The path of the flow. */
    String flow(String... before) {
        return path(before) + path(target.orgId(), target.flowId());
    }

    Response get(String operation, String path) {
        return call(operation, "GET " + path, target.apiKey(), "", new byte[0], limits.call());
    }

    Response getAs(String key, String operation, String path) {
        return call(operation, "GET " + path, key, "", new byte[0], limits.call());
    }

    Response delete(String operation, String path) {
        return call(operation, "DELETE " + path, target.apiKey(), "", new byte[0], limits.call());
    }

    Response post(String operation, String path, Map<String, ?> body) {
        return call(operation, "POST " + path, target.apiKey(), JSON, Json.write(body), limits.call());
    }

    /** As {@link #post}, with the time that a flow needs. */
    Response run(String operation, String path, Map<String, ?> body) {
        return call(operation, "POST " + path, target.apiKey(), JSON, Json.write(body), limits.run());
    }

    Response upload(String operation, String path, String fileName, String text) {
        String form = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                + "\"\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n--" + BOUNDARY + "--\r\n";
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        String type = "multipart/form-data; boundary=" + BOUNDARY;
        return call(operation, "POST " + path, target.apiKey(), type, body, limits.call());
    }

    private Response call(String operation, String line, String key, String type, byte[] body, Duration time) {
        long start = System.nanoTime();
        Response response;
        try (Link link = wire.open()) {
            response = exchange(link.socket(), head(line, key, type, body.length), body, time);
            wire.checkProxy(response.status(), false);
        } catch (IOException e) {
            response = Response.none(Duration.ofNanos(System.nanoTime() - start), end(e));
        }
        calls.add(new Call(operation, response));
        checks.check(response);
        return response;
    }

    private Response.End end(IOException e) {
        if (e instanceof ConnectionFailure failure) {
            findings.judge(failure.check(), false, failure.seen(), e.getMessage());
            return Response.End.UNCONNECTED;
        }
        return e instanceof SocketTimeoutException ? Response.End.LATE : Response.End.NONE;
    }

    private Response exchange(Socket socket, String head, byte[] body, Duration time) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        OutputStream out = socket.getOutputStream();
        out.write(request.toByteArray());
        out.flush();
        return new ResponseReader(socket, System.nanoTime(), time).read(limits);
    }

    /** Sends what the component sends: no Accept-Encoding, and a host without credentials. */
    private String head(String line, String key, String type, int length) {
        int space = line.indexOf(' ');
        boolean absolute = target.proxy() != null && !target.secure();
        String origin = absolute ? target.base().getScheme() + "://" + target.authority() : "";
        String path = target.base().getRawPath() + line.substring(space + 1);
        return line.substring(0, space) + " " + origin + path + " HTTP/1.1\r\nHost: " + target.authority()
                + "\r\nAuthorization: Bearer " + key + "\r\nAccept: " + JSON + "\r\n"
                + (absolute ? target.proxy().header() : "")
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\nContent-Length: " + length + "\r\n") + "\r\n";
    }
}
