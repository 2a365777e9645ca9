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
package io.github.camelstackai.operation;

import io.github.camelstackai.StackAiFileAction;
import io.github.camelstackai.call.RequestFactory;
import io.github.camelstackai.call.ServiceRequest;
import io.github.camelstackai.message.FileContent;
import io.github.camelstackai.protocol.FileTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The requests about a knowledge base and its files. */
public record KnowledgeRequests(RequestFactory requests) {
    ServiceRequest upload(Exchange exchange, String base, FileContent file) {
        return requests.upload(
                exchange,
                FileTarget.knowledge(StackAiFileAction.UPLOAD, base, file.name()),
                resources(base),
                Map.of(),
                file);
    }

    /** @param cursor of the page; null for the first */
    ServiceRequest list(Exchange exchange, String base, int pageSize, String cursor) {
        Map<String, String> query = new LinkedHashMap<>();
        if (cursor != null) {
            query.put("cursor", cursor);
        }
        query.put("page_size", Integer.toString(pageSize));
        query.put("direction", "next");
        FileTarget target = FileTarget.knowledge(StackAiFileAction.LIST, base, null);
        return requests.of(exchange, "GET", target, resources(base), query);
    }

    ServiceRequest status(Exchange exchange, String base, String resource) {
        return ofResource(exchange, "GET", StackAiFileAction.STATUS, base, resource);
    }

    ServiceRequest delete(Exchange exchange, String base, String resource) {
        return ofResource(exchange, "DELETE", StackAiFileAction.DELETE, base, resource);
    }

    private ServiceRequest ofResource(
            Exchange exchange, String method, StackAiFileAction action, String base, String resource) {
        List<String> path = List.of("v1", "knowledge-bases", base, "resources", resource);
        return requests.of(exchange, method, FileTarget.knowledge(action, base, resource), path, Map.of());
    }

    ServiceRequest sync(Exchange exchange, String base) {
        FileTarget target = FileTarget.knowledge(StackAiFileAction.SYNC, base, null);
        return requests.of(exchange, "POST", target, List.of("v1", "knowledge-bases", base, "sync"), Map.of());
    }

    private static List<String> resources(String base) {
        return List.of("v1", "knowledge-bases", base, "resources");
    }
}
