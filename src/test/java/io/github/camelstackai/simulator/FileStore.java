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

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The files of nodes and of knowledge bases. Thread-safe. */
final class FileStore {
    private static final List<String> USUAL = List.of("resource", "parsed", "indexed");

    /** A file in a knowledge base; its status moves on each time a client asks for it. */
    private static final class Resource {
        private final String id = UUID.randomUUID().toString();
        private final Instant created = Instant.now();
        private final String base;
        private final RecordedFile file;
        private final List<String> statuses;
        private int asked;

        Resource(String base, RecordedFile file, List<String> statuses) {
            this.base = base;
            this.file = file;
            this.statuses = statuses;
        }

        String status() {
            return statuses.get(Math.min(asked, statuses.size() - 1));
        }

        RecordedResource recorded() {
            return new RecordedResource(id, base, file, status());
        }

        Map<String, Object> describe() {
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("knowledge_base_id", base);
            description.put("resource_id", id);
            description.put("resource_path", file.name());
            description.put("status", status());
            description.put("size", file.size());
            description.put("content_mime", Objects.requireNonNullElse(file.type(), "text/plain"));
            description.put("content_hash", Integer.toHexString(file.text().hashCode()));
            description.put("created_at", created.toString());
            description.put("modified_at", created.toString());
            description.put("indexed_at", "indexed".equals(status()) ? created.toString() : null);
            return description;
        }
    }

    private final int capacity;
    // Guarded by this.
    private final Map<List<String>, Map<String, RecordedFile>> documents = new HashMap<>();
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private List<String> statuses = USUAL;

    /** @param capacity the number of files in knowledge bases that are kept, and of the nodes and users that have files */
    FileStore(int capacity) {
        this.capacity = capacity;
    }

    /** @param place flow, node and user */
    synchronized void putDocument(List<String> place, RecordedFile file) {
        documents.computeIfAbsent(place, key -> new LinkedHashMap<>()).put(file.name(), file);
        if (documents.size() > capacity) {
            documents.remove(documents.keySet().iterator().next());
        }
    }

    synchronized List<RecordedFile> documents(List<String> place) {
        return List.copyOf(documents.getOrDefault(place, Map.of()).values());
    }

    synchronized Optional<RecordedFile> document(List<String> place, String name) {
        return Optional.ofNullable(documents.getOrDefault(place, Map.of()).get(name));
    }

    synchronized boolean deleteDocument(List<String> place, String name) {
        return documents.containsKey(place) && documents.get(place).remove(name) != null;
    }

    synchronized void statuses(List<String> newStatuses) {
        statuses = List.copyOf(newStatuses);
    }

    /** Returns the id. */
    synchronized String putResource(String base, RecordedFile file) {
        Resource resource = new Resource(base, file, statuses);
        resources.put(resource.id, resource);
        if (resources.size() > capacity) {
            resources.remove(resources.keySet().iterator().next());
        }
        return resource.id;
    }

    /** The description of a file for a client that asks for its status, which then moves on. */
    synchronized Optional<Map<String, Object>> status(String base, String id) {
        Optional<Resource> known = find(base, id);
        Optional<Map<String, Object>> description = known.map(Resource::describe);
        known.ifPresent(resource -> resource.asked++);
        return description;
    }

    synchronized boolean deleteResource(String base, String id) {
        return find(base, id).map(resource -> resources.remove(id)).isPresent();
    }

    private Optional<Resource> find(String base, String id) {
        return Optional.ofNullable(resources.get(id)).filter(resource -> resource.base.equals(base));
    }

    synchronized List<Map<String, Object>> list(String base) {
        return of(base).stream().map(Resource::describe).toList();
    }

    synchronized List<RecordedResource> resources(String base) {
        return of(base).stream().map(Resource::recorded).toList();
    }

    private List<Resource> of(String base) {
        List<Resource> found = new ArrayList<>(resources.values());
        found.removeIf(resource -> !resource.base.equals(base));
        return found;
    }

    synchronized void clear() {
        documents.clear();
        resources.clear();
        statuses = USUAL;
    }
}
