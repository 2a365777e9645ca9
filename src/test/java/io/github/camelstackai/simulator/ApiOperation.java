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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An operation of the API with its method and path. A path segment in braces matches any text. */
enum ApiOperation {
    RUN("POST", "inference/v0/run/{org}/{flow}"),
    STREAM("POST", "inference/v0/stream/{org}/{flow}"),
    SSO_STREAM("POST", "inference/v0/sso/stream/{org}/{flow}"),
    FEEDBACK("POST", "inference/v0/feedback/{org}/{flow}"),
    METADATA("GET", "inference/v0/run/{org}/{flow}/metadata"),
    LIST_DOCUMENTS("GET", "documents/{org}/{flow}/{node}/{user}"),
    UPLOAD_DOCUMENT("POST", "documents/{org}/{flow}/{node}/{user}"),
    DELETE_DOCUMENT("DELETE", "documents/{org}/{flow}/{node}/{user}"),
    DOWNLOAD_DOCUMENT("GET", "documents/{org}/{flow}/{node}/{user}/file"),
    LEGACY_UPLOAD("POST", "upload_to_supabase_user"),
    LIST_RESOURCES("GET", "v1/knowledge-bases/{base}/resources"),
    UPLOAD_RESOURCE("POST", "v1/knowledge-bases/{base}/resources"),
    RESOURCE_STATUS("GET", "v1/knowledge-bases/{base}/resources/{resource}"),
    DELETE_RESOURCE("DELETE", "v1/knowledge-bases/{base}/resources/{resource}"),
    SYNC_KNOWLEDGE("POST", "v1/knowledge-bases/{base}/sync"),
    RUNS("GET", "analytics/org/{org}/flows/{flow}"),
    TOKEN("POST", "token");

    private final String method;
    private final String path;

    ApiOperation(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String method() {
        return method;
    }

    /** The operations whose path has these segments, counted from the base path: one for each method. */
    static List<ApiOperation> at(List<String> segments) {
        return Arrays.stream(values())
                .filter(operation -> operation.matches(segments))
                .toList();
    }

    /** The operation of this method and path, or null. */
    static ApiOperation of(String method, List<String> segments) {
        return at(segments).stream()
                .filter(operation -> operation.method.equals(method))
                .findFirst()
                .orElse(null);
    }

    private boolean matches(List<String> segments) {
        List<String> pattern = pattern();
        if (segments.size() != pattern.size()) {
            return false;
        }
        for (int i = 0; i < pattern.size(); i++) {
            if (!pattern.get(i).startsWith("{") && !pattern.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<String> pattern() {
        return List.of(path.split("/", -1));
    }

    /** The organisation id, or null if the path has none. */
    String org(List<String> segments) {
        return value("{org}", segments);
    }

    /** The flow id, or null if the path has none. */
    String flow(List<String> segments) {
        return value("{flow}", segments);
    }

    /** The segments with another organisation id, if the path has one. */
    List<String> withOrg(List<String> segments, String org) {
        List<String> changed = new ArrayList<>(segments);
        int index = pattern().indexOf("{org}");
        if (index >= 0) {
            changed.set(index, org);
        }
        return changed;
    }

    private String value(String name, List<String> segments) {
        int index = pattern().indexOf(name);
        return index < 0 ? null : segments.get(index);
    }
}
