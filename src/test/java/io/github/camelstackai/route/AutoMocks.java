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
package io.github.camelstackai.route;

import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultAutoMockInterceptStrategy;

/** Mocks as Camel's test support adds them since Camel 4.15. */
final class AutoMocks {
    private AutoMocks() {}

    /** Skips the endpoints that match. */
    static void add(CamelContext context, String pattern) {
        context.getCamelContextExtension()
                .registerAutoMockInterceptStrategy(new DefaultAutoMockInterceptStrategy(pattern, true));
    }
}
