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
package io.github.camelstackai;

import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;

/** A bean that changes the HTTP client before it is built. */
@FunctionalInterface
public interface StackAiHttpClientConfigurer {
    /**
     * Called once at each start of the component, after all options have been set on {@code builder}. Redirects, retries,
     * cookies and caches are off for a reason: a run costs money and must not happen twice. The HTTP/1.1 and HTTP/2
     * settings are the component's own, so that no connection logs credentials; setting others here has no effect.
     */
    void configure(HttpAsyncClientBuilder builder);
}
