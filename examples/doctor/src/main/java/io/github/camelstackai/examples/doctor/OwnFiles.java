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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Files of the doctor that the service may have, until they are deleted. Thread-safe. */
final class OwnFiles {
    private static final int MAX_PAGES = 20;
    private static final int NO_CONTENT = 204;
    private static final int CLIENT_ERROR = 4;
    private static final Set<String> DELETED = Set.of("pending_delete", "deleted");

    /** How a file is uploaded. */
    enum Kind {
        DOCUMENT,
        /** The list of documents may not have it. */
        LEGACY,
        RESOURCE
    }

    private static final class Own {
        private final String name = "doctor-" + UUID.randomUUID() + ".txt";
        private final Kind kind;
        private final String path;
        private final String owner;
        private volatile String id = "";
        private volatile boolean uploading = true;
        private volatile boolean deleted;
        private volatile boolean shown;
        private volatile boolean listed;

        Own(Kind kind, String path, String owner) {
            this.kind = kind;
            this.path = path;
            this.owner = owner;
        }

        @Override
        public String toString() {
            return name + " of " + owner;
        }
    }

    private final Target target;
    private final Limits limits;
    private final List<Own> files = new CopyOnWriteArrayList<>();
    // Guarded by this.
    private boolean closed;

    /** Deletes with short time-outs. */
    OwnFiles(Target target, Limits limits) {
        this.target = target;
        this.limits = limits.quick();
    }

    /** One for each thread. */
    private Service service() {
        return new Service(target, limits, new Findings());
    }

    /**
     * Returns the name of a new file, which can be uploaded now.
     *
     * @param path of the list that will have it
     * @param owner in words
     * @throws IllegalStateException after {@link #close}
     */
    synchronized String add(Kind kind, String path, String owner) {
        if (closed) {
            throw new IllegalStateException("the examination was ended");
        }
        Own own = new Own(kind, path, owner);
        files.add(own);
        return own.name;
    }

    /** A file that was refused is not there. */
    synchronized void uploaded(String name, Response answer) {
        Own own = named(name);
        own.id = answer.json().path("resource_id").asText();
        own.uploading = false;
        if (answer.status() / 100 == CLIENT_ERROR) {
            files.remove(own);
        }
        notifyAll();
    }

    private Own named(String name) {
        return files.stream()
                .filter(own -> own.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the file is deleted"));
    }

    void deleted(String name, Response answer) {
        deleted(named(name), answer);
    }

    /** Accepts no more files, and returns those that are not deleted, in words. */
    synchronized List<String> close() {
        closed = true;
        return files.stream().filter(own -> !own.shown).map(Own::toString).toList();
    }

    /** Waits for uploads that have begun: a file that arrives after its deletion would stay. */
    synchronized void awaitUploads() throws InterruptedException {
        long deadline = System.nanoTime() + limits.call().toNanos();
        while (files.stream().anyMatch(own -> own.uploading) && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
        }
    }

    private static void deleted(Own own, Response answer) {
        own.deleted = true;
        own.shown |= answer.status() == NO_CONTENT || hasTrue(answer);
    }

    /** Whether one of the values is {@code true}. */
    static boolean hasTrue(Response answer) {
        return answer.isOk()
                && answer.json().properties().stream()
                        .anyMatch(entry -> entry.getValue().booleanValue());
    }

    /** Deletes what was not deleted, and returns what may be left, in words. */
    List<String> delete() {
        files.stream().filter(own -> !own.shown).forEach(this::delete);
        files.removeAll(files.stream().filter(this::isGone).toList());
        return files.stream().map(Own::toString).toList();
    }

    private void delete(Own own) {
        boolean resource = own.kind == Kind.RESOURCE;
        String id = resource && own.id.isEmpty() ? find(own).orElse("") : own.id;
        if (resource && id.isEmpty()) {
            return;
        }
        own.listed |=
                own.kind == Kind.LEGACY && find(own).filter(own.name::equals).isPresent();
        String place = resource ? Service.path(id) : "?filename=" + Service.encode(own.name);
        deleted(own, service().delete("own files, delete", own.path + place));
    }

    /** The list decides; without one, and if the file may be in another place or arrive later, the answer to the deletion. */
    private boolean isGone(Own own) {
        boolean inList = own.kind != Kind.LEGACY || own.listed;
        boolean known = own.deleted && (own.shown || inList && !own.uploading);
        return known && find(own).map(String::isEmpty).orElse(own.shown);
    }

    /** Name or id of a file in its list; an empty text if it is not there, empty if the list cannot be read. */
    private Optional<String> find(Own own) {
        return own.kind == Kind.RESOURCE
                ? findResource(own)
                : names(service().get("own files, list", own.path))
                        .map(names -> names.contains(own.name) ? own.name : "");
    }

    /** The names in a list of documents; empty if it cannot be read. */
    static Optional<List<String>> names(Response answer) {
        JsonNode list = answer.json();
        List<String> names = new ArrayList<>();
        list.forEach(file -> names.add(
                file.isTextual() ? file.asText() : file.path("filename").asText()));
        boolean known = answer.isOk() && list.isArray() && names.stream().noneMatch(String::isEmpty);
        return known ? Optional.of(names) : Optional.empty();
    }

    private Optional<String> findResource(Own own) {
        String cursor = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            String query = "?page_size=100&direction=next" + cursor;
            Response answer = service().get("own files, list", own.path + query);
            JsonNode list = resources(answer);
            if (!list.isArray()) {
                return Optional.empty();
            }
            for (JsonNode file : list) {
                if (isOf(file, own)) {
                    return Optional.of(file.path("resource_id").asText()).filter(id -> !id.isEmpty());
                }
            }
            String next = answer.json().path("cursor").asText("");
            if (next.isBlank()
                    || list.isEmpty()
                    || !answer.json().path("has_more").asBoolean(true)) {
                return Optional.of("");
            }
            cursor = "&cursor=" + Service.encode(next);
        }
        return Optional.empty();
    }

    /** The files of a page of a knowledge base; no array if it has none. */
    static JsonNode resources(Response answer) {
        JsonNode json = answer.json();
        return json.isArray() ? json : json.path("data");
    }

    private static boolean isOf(JsonNode file, Own own) {
        if (DELETED.contains(file.path("status").asText())) {
            return false;
        }
        for (JsonNode value : file) {
            if (value.asText().endsWith(own.name)) {
                return true;
            }
        }
        return false;
    }
}
