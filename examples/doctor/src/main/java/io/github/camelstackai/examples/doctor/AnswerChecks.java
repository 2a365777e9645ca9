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

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/** Checks what any answer may have. */
final class AnswerChecks {
    private static final int PAYMENT_REQUIRED = 402;
    private static final int SERVER_ERROR = 500;

    private final Findings findings;

    AnswerChecks(Findings findings) {
        this.findings = findings;
    }

    void check(Response answer) {
        if (answer.status() == PAYMENT_REQUIRED) {
            detail(Check.ERROR_402, answer);
        }
        if (answer.status() == SERVER_ERROR) {
            detail(Check.ERROR_500, answer);
        }
        if (answer.isBusy()) {
            busy(answer);
        }
        if (!answer.isNone()) {
            String encoding = Objects.toString(answer.head().header("Content-Encoding"), "none");
            findings.judge(
                    Check.CONTENT_ENCODING,
                    encoding.matches("none|identity"),
                    encoding.matches("[a-z]{1,10}") ? encoding : "unknown");
        }
        if (Json.readAll(answer.text()).stream().anyMatch(Json::hasNan)) {
            findings.judge(Check.JSON_NAN, true, "met");
        }
    }

    private void detail(Check check, Response answer) {
        if (answer.end() == Response.End.WHOLE) {
            findings.judge(check, answer.hasDetail(), answer.form(), answer.detail());
        } else {
            findings.unknown(check, answer.form());
        }
    }

    private void busy(Response answer) {
        String retryAfter = answer.head().header("Retry-After");
        if (retryAfter == null) {
            findings.unknown(Check.ERROR_BUSY, answer.form() + ", no Retry-After");
            return;
        }
        boolean seconds = retryAfter.matches("\\d{1,9}");
        String kind = seconds ? "seconds" : isDate(retryAfter) ? "a date" : "neither";
        findings.judge(
                Check.ERROR_BUSY, !kind.equals("neither"), answer.form() + ", Retry-After: " + kind, answer.detail());
    }

    private static boolean isDate(String text) {
        try {
            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
