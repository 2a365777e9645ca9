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

/** Customises the component's HTTP client. The option {@code httpClientConfigurer} of the component refers to such a bean. */
@FunctionalInterface
public interface StackAiHttpClientConfigurer {
    /**
     * Changes the builder of the HTTP client. Called at each start of the component, by the thread that starts it, after all
     * options have been applied to the builder. An exception fails the start.
     *
     * <p>Do not enable redirects, automatic retries, cookies or caches: they are disabled because a repeated request can start,
     * and bill, a second run. The component creates connections itself, so that none of them logs credentials; the protocol
     * settings of the builder, such as {@code setHttp1Config}, have no effect.
     */
    void configure(HttpAsyncClientBuilder builder);
}
