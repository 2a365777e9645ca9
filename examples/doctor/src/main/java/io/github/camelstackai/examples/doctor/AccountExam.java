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

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** Examines address, credential, organisation and flow by calls that run no flow. */
final class AccountExam {
    private static final String INVENTED_KEY = "doctor-invented-" + UUID.randomUUID();
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int INVALID = 422;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int REDIRECT = 3;
    private static final int CLIENT_ERROR = 4;

    private final Target target;
    private final Service service;
    private final Limits limits;
    private final Findings findings;
    private final String inventedOrg;
    private final String inventedFlow;

    AccountExam(Target target, Service service, Limits limits, Findings findings) {
        this.target = target;
        this.service = service;
        this.limits = limits;
        this.findings = findings;
        this.inventedOrg = Invented.like(target.orgId());
        this.inventedFlow = Invented.like(target.flowId());
    }

    /** Returns whether the flow can be called. */
    boolean examine() {
        Response answer = metadata(target.orgId(), target.flowId());
        if (!isService(answer) || !isAccepted(answer)) {
            return false;
        }
        findings.examined();
        refusals(answer);
        latency(answer);
        clock(answer);
        return !findings.is(Check.FLOW, Verdict.OTHERWISE) && !findings.is(Check.ORGANISATION, Verdict.OTHERWISE);
    }

    private Response metadata(String orgId, String flowId) {
        return service.get("metadata", path(orgId, flowId));
    }

    private static String path(String orgId, String flowId) {
        return Service.path("inference", "v0", "run", orgId, flowId, "metadata");
    }

    /** What is no JSON may come from anything that is at the address; so may a path that nobody knows. */
    private boolean isService(Response answer) {
        if (answer.isNone()) {
            if (!findings.is(Check.PROXY, Verdict.OTHERWISE)) {
                findings.judge(Check.BASE_URL, false, "no answer that is HTTP");
            }
            return false;
        }
        findings.judge(Check.PROXY, true, target.proxy() == null ? "none" : "it forwards the calls");
        boolean refused = answer.isRefused() && answer.json().isContainerNode();
        if (!refused && !answer.provesNothing()) {
            boolean unknown = isPathUnknown(answer) && isPathUnknown(emptyFeedback());
            boolean api = answer.json().isContainerNode() && answer.status() / 100 != REDIRECT && !unknown;
            findings.judge(
                    Check.BASE_URL, api, answer.form() + (unknown ? ", the path is unknown" : ""), elsewhere(answer));
        }
        return !findings.is(Check.BASE_URL, Verdict.OTHERWISE);
    }

    /** What the service's framework says of a path that it does not have; a flow that is unknown may be called so, too. */
    private static boolean isPathUnknown(Response answer) {
        return answer.status() == NOT_FOUND && "Not Found".equals(answer.detail());
    }

    private Response emptyFeedback() {
        return service.post("feedback, no fields", service.flow("inference", "v0", "feedback"), Map.of());
    }

    private static String elsewhere(Response answer) {
        String location = answer.head().header("Location");
        return location == null ? "" : "redirect to " + place(location);
    }

    /** The rest of an address may have a credential. */
    private static String place(String location) {
        try {
            URI uri = new URI(location);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme() + ":";
            String host = uri.getHost() == null ? "" : "//" + uri.getHost();
            return scheme + host + Objects.toString(uri.getRawPath(), "");
        } catch (URISyntaxException e) {
            return "what is no address";
        }
    }

    /** Whether the key is not refused, which is no proof that the service looks at it. */
    private boolean isAccepted(Response answer) {
        if (answer.isRefused()) {
            findings.judge(Check.CREDENTIAL, false, "status " + answer.status(), answer.detail());
            return false;
        }
        if (answer.provesNothing()) {
            findings.unknown(Check.CREDENTIAL, answer.form());
            return false;
        }
        return true;
    }

    private void credential(Response answer, Response noKey) {
        if (noKey.isRefused()) {
            findings.judge(
                    Check.CREDENTIAL,
                    true,
                    "status " + answer.status() + "; an invented key gets status " + noKey.status());
        } else {
            findings.unknown(Check.CREDENTIAL, "an invented key is not refused: " + noKey.form());
        }
    }

    private void refusals(Response answer) {
        Response noKey = service.getAs(INVENTED_KEY, "metadata, invented key", path(target.orgId(), target.flowId()));
        credential(answer, noKey);
        findings.judge(Check.ERROR_401, noKey, noKey.status() == UNAUTHORIZED && noKey.hasDetail());
        Response noFlow = metadata(target.orgId(), inventedFlow);
        Response noOrganisation = metadata(inventedOrg, target.flowId());
        flow(answer, noFlow, noOrganisation);
        if (!findings.is(Check.ORGANISATION, Verdict.OTHERWISE)) {
            findings.judge(Check.ERROR_404, noFlow, noFlow.status() == NOT_FOUND && noFlow.hasDetail());
        }
        Response invalid = emptyFeedback();
        JsonNode first = invalid.json().path("detail").path(0);
        boolean listed = Stream.of("loc", "msg", "type").allMatch(first::has);
        findings.judge(Check.ERROR_422, invalid, invalid.status() == INVALID && listed);
    }

    /** An answer that an invented name gets too says nothing about the name. */
    private void flow(Response answer, Response noFlow, Response noOrganisation) {
        if (answer.status() == PAYMENT_REQUIRED) {
            findings.unknown(Check.FLOW, "status " + answer.status());
            return;
        }
        if (!answer.isOk()) {
            findings.judge(
                    isOrganisation(answer, noFlow, noOrganisation) ? Check.ORGANISATION : Check.FLOW,
                    false,
                    "status " + answer.status(),
                    answer.detail());
            return;
        }
        judge(Check.ORGANISATION, noOrganisation);
        judge(Check.FLOW, noFlow);
    }

    /** Whether the refusal is that of an invented organisation. The words decide if it may be that of an invented flow too. */
    private boolean isOrganisation(Response answer, Response noFlow, Response noOrganisation) {
        boolean asFlow = isSame(answer, noFlow);
        boolean asOrganisation = isSame(answer, noOrganisation);
        return asFlow == asOrganisation ? answer.detail().matches("(?i).*organi[sz]ation.*") : asOrganisation;
    }

    private boolean isSame(Response answer, Response invented) {
        return answer.status() == invented.status() && withoutNames(answer).equals(withoutNames(invented));
    }

    private String withoutNames(Response answer) {
        return answer.detail()
                .replace(inventedFlow, "")
                .replace(inventedOrg, "")
                .replace(target.flowId(), "")
                .replace(target.orgId(), "");
    }

    private void judge(Check check, Response invented) {
        if (invented.isOk()) {
            findings.unknown(check, "an invented one gets the same answer");
        } else if (invented.status() / 100 == CLIENT_ERROR && !invented.isBusy()) {
            findings.judge(check, true, "found; an invented one gets status " + invented.status());
        } else {
            findings.unknown(check, "an invented one is not refused: " + invented.form());
        }
    }

    private void latency(Response answer) {
        Response second = metadata(target.orgId(), target.flowId());
        Response third = metadata(target.orgId(), target.flowId());
        Duration best = Stream.of(answer, second, third)
                .filter(response -> response.status() == answer.status())
                .map(Response::answered)
                .min(Duration::compareTo)
                .orElseThrow();
        findings.judge(Check.LATENCY, best.compareTo(limits.latency()) <= 0, ConnectionExam.millis(best));
    }

    private void clock(Response answer) {
        String date = answer.head().header("Date");
        if (date == null) {
            findings.unknown(Check.CLOCK, "the answer has no Date");
            return;
        }
        try {
            Instant service = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration difference = Duration.between(answer.received(), service);
            findings.judge(
                    Check.CLOCK,
                    difference.abs().compareTo(limits.clock()) <= 0,
                    "the service is ahead by " + difference.toSeconds() + " s");
        } catch (DateTimeException e) {
            findings.unknown(Check.CLOCK, "Date is no HTTP date");
        }
    }
}
