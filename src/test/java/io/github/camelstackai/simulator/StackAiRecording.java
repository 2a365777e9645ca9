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
package io.github.camelstackai.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file of recorded calls, and how it is recorded and replayed. Not thread-safe; a simulator has a copy. No argument may be
 * null.
 *
 * <p>While it records, a simulator passes calls on to the service with the account of {@link #from}, and writes each call of
 * an operation to the file when it has ended. Its API key and organisation id stand for those of the account. The file has no
 * credential, no organisation id, no content of an uploaded file, and no call for a token.
 *
 * <p>While it replays, a simulator answers each call with the recorded one of the same operation, path and inputs. Of
 * several that match, those with the same query count, if there are any. They are used in their order; then the last one is
 * repeated. A call that matches none gets status 501 with the nearest recording and what differs. Credentials are not checked.
 */
public final class StackAiRecording implements Cloneable {
    private static final String DIRECTORY_PROPERTY = "stackai.recordings";
    private static final Set<String> ALWAYS_IGNORED = Set.of("start_date", "end_date");

    // Written by the thread that sets the options. A simulator has a copy that never changes.
    Path file;
    private URI baseUrl; // null for that of the environment
    private String apiKey = System.getenv("STACKAI_API_KEY");
    private String orgId = System.getenv("STACKAI_ORG_ID");
    boolean masked;
    boolean withTimes;
    Set<String> ignored = ALWAYS_IGNORED;

    private StackAiRecording(Path file) {
        this.file = file;
    }

    public static StackAiRecording at(Path file) {
        return new StackAiRecording(file);
    }

    /** The file {@code NAME.json} in the directory of the system property {@code stackai.recordings}. */
    public static StackAiRecording named(String name) {
        return at(Path.of(System.getProperty(DIRECTORY_PROPERTY, "src/test/resources/stackai"), name + ".json"));
    }

    /**
     * The account whose answers are recorded. Default {@code STACKAI_BASE_URL}, {@code STACKAI_API_KEY} and
     * {@code STACKAI_ORG_ID} of the environment.
     *
     * @throws IllegalArgumentException if the address is not http or https, or contains a user name or a query
     */
    public StackAiRecording from(String address, String key, String organisation) {
        baseUrl(address);
        apiKey = key;
        orgId = organisation;
        return this;
    }

    /** As {@link #from}, with the account of the environment; without one calls are passed on as they are. */
    StackAiRecording baseUrl(String address) {
        baseUrl = address(address);
        return this;
    }

    /** The message does not repeat the text, which can have a password. */
    private static URI address(String text) {
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && !text.matches(".*[@?#].*")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // as an address of another kind
        }
        throw new IllegalArgumentException(
                "The address of the service is not http or https, or contains a user name or a query; check --to,"
                        + " STACKAI_BASE_URL or from(…)");
    }

    /**
     * Replaces letters by {@code x} and digits by {@code 1} in all texts and numbers of inputs and answers. Names of fields,
     * UUIDs, times and states stay, and so do the number of bytes and the form of JSON. The inputs of a replayed call are
     * masked before they are compared.
     */
    public StackAiRecording masked() {
        masked = true;
        return this;
    }

    /** Replays answers and their pieces at the times at which they came; default at once. */
    public StackAiRecording withTimes() {
        withTimes = true;
        return this;
    }

    /** Inputs and query parameters that a replay does not compare, such as {@code user_id}. */
    public StackAiRecording ignoring(String... names) {
        Set<String> all = new TreeSet<>(ignored);
        all.addAll(List.of(names));
        ignored = Set.copyOf(all);
        return this;
    }

    StackAiRecording file(Path other) {
        file = other;
        return this;
    }

    StackAiRecording copy() {
        try {
            return (StackAiRecording) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * @throws IllegalArgumentException if that of the environment is no address
     */
    URI baseUrl() {
        return baseUrl != null
                ? baseUrl
                : address(Optional.ofNullable(System.getenv("STACKAI_BASE_URL")).orElse("https://api.stack-ai.com"));
    }

    /** Null for none: calls are passed on with their own credential. */
    String apiKey() {
        return apiKey;
    }

    /** Null for none. */
    String orgId() {
        return orgId;
    }

    /**
     * @throws IllegalStateException if calls cannot be recorded because there is no account
     */
    void checkAccount() {
        if (apiKey == null || orgId == null) {
            throw new IllegalStateException("No account to record " + file
                    + " with; set STACKAI_API_KEY and STACKAI_ORG_ID in the environment");
        }
    }

    /** What must not be in the file, with what is written instead. */
    Map<String, String> secrets(StackAiSimulatorBuilder simulator) {
        Map<String, String> secrets = new HashMap<>();
        for (String key : List.of(simulator.apiKey, Optional.ofNullable(apiKey).orElse(""))) {
            secrets.put(key, SecretFilter.REDACTED);
        }
        for (String org : List.of(simulator.orgId, Optional.ofNullable(orgId).orElse(""))) {
            secrets.put(org, SecretFilter.ORGANISATION);
        }
        return secrets;
    }
}
