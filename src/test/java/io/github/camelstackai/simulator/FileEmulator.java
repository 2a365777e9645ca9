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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Answers calls about files as StackAI does. Thread-safe. */
final class FileEmulator {
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 100;

    private final FileStore store;

    FileEmulator(FileStore store) {
        this.store = store;
    }

    /**
     * Answers a call whose organisation and flow exist.
     *
     * @throws RejectedRequestException if a parameter, the body, or what they name is wrong
     */
    Reply answer(ApiOperation operation, RecordedRequest request, List<String> path) {
        return switch (operation) {
            case LIST_DOCUMENTS, UPLOAD_DOCUMENT, DELETE_DOCUMENT, DOWNLOAD_DOCUMENT ->
                document(operation, request, path.subList(2, 5));
            case LEGACY_UPLOAD -> document(operation, request, legacyPlace(request));
            default -> knowledge(operation, request, path);
        };
    }

    /** @param place flow, node and user */
    private Reply document(ApiOperation operation, RecordedRequest request, List<String> place) {
        return switch (operation) {
            case LIST_DOCUMENTS ->
                Reply.json(
                        store.documents(place).stream().map(RecordedFile::name).toList());
            case DELETE_DOCUMENT -> {
                String name = required(request, "filename");
                yield Reply.json(Map.of(name, store.deleteDocument(place, name)));
            }
            case DOWNLOAD_DOCUMENT ->
                store.document(place, required(request, "filename"))
                        .map(file -> Reply.bytes(file.content()).contentType("application/octet-stream"))
                        .orElseThrow(() -> RejectedRequestException.notFound("File not found"));
            default -> {
                RecordedFile file = file(request);
                store.putDocument(place, file);
                yield Reply.json(Map.of("message", "File uploaded", "filename", file.name()));
            }
        };
    }

    private static List<String> legacyPlace(RecordedRequest request) {
        required(request, "org");
        return List.of(required(request, "flow_id"), required(request, "node_id"), required(request, "user_id"));
    }

    private Reply knowledge(ApiOperation operation, RecordedRequest request, List<String> path) {
        String base = uuid("knowledge_base_id", path.get(2));
        String resource = path.size() > 4 ? uuid("resource_id", path.get(4)) : null;
        return switch (operation) {
            case UPLOAD_RESOURCE ->
                Reply.json(Map.of("message", "File accepted", "resource_id", store.putResource(base, file(request))))
                        .withStatus(202);
            case RESOURCE_STATUS ->
                store.status(base, resource)
                        .map(Reply::json)
                        .orElseThrow(() -> RejectedRequestException.notFound("Resource not found"));
            case DELETE_RESOURCE -> delete(base, resource);
            case SYNC_KNOWLEDGE ->
                Reply.json(Map.of("message", "Synchronisation started", "status", "accepted"))
                        .withStatus(202);
            default -> list(request, base);
        };
    }

    private Reply delete(String base, String resource) {
        if (!store.deleteResource(base, resource)) {
            throw RejectedRequestException.notFound("Resource not found");
        }
        return Reply.bytes(new byte[0]).withStatus(204);
    }

    private Reply list(RecordedRequest request, String base) {
        QueryParameters query = new QueryParameters(request.query());
        int size = query.integer("page_size", DEFAULT_PAGE, 1, MAX_PAGE);
        int from = query.integer("cursor", 0, 0, Integer.MAX_VALUE);
        query.oneOf("direction", List.of("next", "prev"));
        query.check();
        List<Map<String, Object>> all = store.list(base);
        int to = Math.min(from + size, all.size());
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("data", all.subList(Math.min(from, to), to));
        page.put("cursor", to < all.size() ? Integer.toString(to) : null);
        page.put("has_more", to < all.size());
        return Reply.json(page);
    }

    private static String required(RecordedRequest request, String name) {
        String value = request.query(name);
        if (value == null) {
            throw RejectedRequestException.invalid(List.of("query", name), "Field required", "missing");
        }
        return value;
    }

    private static String uuid(String name, String value) {
        if (!UUID.matcher(value).matches()) {
            throw RejectedRequestException.invalid(
                    List.of("path", name), "Input should be a valid UUID", "uuid_parsing");
        }
        return value;
    }

    private static RecordedFile file(RecordedRequest request) {
        RecordedFile file = request.file();
        if (file == null
                || !"file".equals(file.field())
                || file.name() == null
                || file.name().isEmpty()) {
            throw RejectedRequestException.invalid(List.of("body", "file"), "Field required", "missing");
        }
        return file;
    }
}
