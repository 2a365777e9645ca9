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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Files of the doctor that the service may have, until they are deleted. Thread-safe. */
final class OwnFiles {
    private static final int MAX_PAGES = 20;
    private static final int NO_CONTENT = 204;
    private static final int CLIENT_ERROR = 4;
    private static final Set<String> DELETED = Set.of("pending_delete", "deleted");

    private static final class Own {
        private final String name = "doctor-" + UUID.randomUUID() + ".txt";
        private final String path;
        private final String owner;
        private final boolean resource;
        private String id = "";
        private boolean deleted;
        private boolean shown;

        Own(String path, String owner, boolean resource) {
            this.path = path;
            this.owner = owner;
            this.resource = resource;
        }
    }

    private final Service service;
    // Guarded by this.
    private final Map<String, Own> files = new LinkedHashMap<>();

    /** Deletes with short time-outs. */
    OwnFiles(Target target, Limits limits) {
        service = new Service(target, limits.quick(), new Findings());
    }

    /**
     * Returns the name of a new file, which can be uploaded now.
     *
     * @param path of the list that will have it
     * @param owner in words
     */
    String document(String path, String owner) {
        return add(new Own(path, owner, false));
    }

    /** As {@link #document}, for a knowledge base. */
    String resource(String path, String owner) {
        return add(new Own(path, owner, true));
    }

    private synchronized String add(Own own) {
        files.put(own.name, own);
        return own.name;
    }

    /** A file that was refused is not there. */
    synchronized void uploaded(String name, Response answer) {
        if (answer.status() / 100 == CLIENT_ERROR) {
            files.remove(name);
        } else {
            files.get(name).id = answer.json().path("resource_id").asText();
        }
    }

    synchronized void deleted(String name, Response answer) {
        deleted(files.get(name), answer);
    }

    private static void deleted(Own own, Response answer) {
        own.deleted = true;
        own.shown = answer.status() == NO_CONTENT || hasTrue(answer);
    }

    /** Whether one of the values is {@code true}. */
    static boolean hasTrue(Response answer) {
        return answer.isOk()
                && answer.json().properties().stream()
                        .anyMatch(entry -> entry.getValue().booleanValue());
    }

    /** Deletes what was not deleted, and returns what may be left, in words. */
    synchronized List<String> delete() {
        files.values().stream().filter(own -> !own.deleted).forEach(this::delete);
        files.values().removeIf(this::isGone);
        return files.values().stream().map(own -> own.name + " of " + own.owner).toList();
    }

    private void delete(Own own) {
        String id = own.resource && own.id.isEmpty() ? find(own).orElse("") : own.id;
        if (own.resource && id.isEmpty()) {
            return;
        }
        String place = own.resource ? Service.path(id) : "?filename=" + Service.encode(own.name);
        deleted(own, service.delete("own files, delete", own.path + place));
    }

    /** The list decides; without one, the answer to the deletion. */
    private boolean isGone(Own own) {
        return own.deleted && find(own).map(String::isEmpty).orElse(own.shown);
    }

    /** Name or id of a file in its list; an empty text if it is not there, empty if the list cannot be read. */
    private Optional<String> find(Own own) {
        return own.resource
                ? findResource(own)
                : names(service.get("own files, list", own.path))
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
            JsonNode json = service.get("own files, list", own.path + query).json();
            JsonNode list = json.isArray() ? json : json.path("data");
            if (!list.isArray()) {
                return Optional.empty();
            }
            for (JsonNode file : list) {
                if (isOf(file, own)) {
                    return Optional.of(file.path("resource_id").asText()).filter(id -> !id.isEmpty());
                }
            }
            if (!json.path("has_more").asBoolean() || !json.hasNonNull("cursor")) {
                return Optional.of("");
            }
            cursor = "&cursor=" + Service.encode(json.path("cursor").asText());
        }
        return Optional.empty();
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
