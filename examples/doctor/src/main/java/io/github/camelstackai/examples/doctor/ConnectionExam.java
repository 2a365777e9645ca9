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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Opens one connection, and examines each step. */
final class ConnectionExam {
    private final Target target;
    private final Limits limits;
    private final Findings findings;

    ConnectionExam(Target target, Limits limits, Findings findings) {
        this.target = target;
        this.limits = limits;
        this.findings = findings;
    }

    /** Returns whether there is a connection. */
    boolean examine() {
        try (Link link = new Wire(target).open()) {
            connected(link);
            return true;
        } catch (ConnectionFailure e) {
            failed(e);
        } catch (IOException e) {
            findings.judge(Check.TCP, false, e.getClass().getSimpleName(), e.getMessage());
        }
        return false;
    }

    private void connected(Link link) {
        findings.judge(Check.DNS, true, count(link.addresses(), "address") + ", " + millis(link.resolving()));
        findings.judge(Check.TCP, true, millis(link.connecting()));
        if (target.secure()) {
            String seen =
                    link.protocol() + ", " + count(link.chain().size(), "certificate") + ", " + millis(link.securing());
            findings.judge(Check.TLS_TRUST, true, seen, issuer(link.chain()));
            expiry(link.chain());
        } else {
            findings.unknown(Check.TLS_TRUST, "no TLS: the API key is sent unencrypted");
            findings.unknown(Check.TLS_EXPIRY, "no TLS");
        }
    }

    /** The steps before the failure are as assumed. */
    private void failed(ConnectionFailure failure) {
        for (Check step : List.of(Check.DNS, Check.TCP)) {
            if (step.compareTo(failure.check()) < 0) {
                findings.judge(step, true, "as far as needed");
            }
        }
        boolean valid = failure.chain().isEmpty() || expiry(failure.chain());
        if (valid || failure.check() != Check.TLS_TRUST) {
            findings.judge(failure.check(), false, failure.seen(), failure.getMessage());
        } else {
            findings.unknown(Check.TLS_TRUST, "not trusted, but its dates may be the reason");
        }
    }

    /** Returns whether the certificate of the host is valid today. */
    private boolean expiry(List<X509Certificate> chain) {
        X509Certificate certificate = chain.get(0);
        Instant now = Instant.now();
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        boolean valid = now.isAfter(begin) && now.isBefore(end);
        String seen = "from " + day(begin) + " to " + day(end) + (valid ? "" : ": not valid now");
        findings.judge(Check.TLS_EXPIRY, valid && now.plus(limits.expiry()).isBefore(end), seen);
        return valid;
    }

    private static String day(Instant instant) {
        return instant.toString().substring(0, "2026-01-01".length());
    }

    private static String issuer(List<X509Certificate> chain) {
        X509Certificate certificate = chain.get(0);
        return certificate.getSubjectX500Principal() + ", issued by " + certificate.getIssuerX500Principal();
    }

    static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : thing.endsWith("s") ? "es" : "s");
    }

    static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
