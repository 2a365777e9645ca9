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
package io.github.camelstackai.examples.osgi;

import io.github.camelstackai.StackAiComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Answers files while the bundle is active. The framework properties {@code stackai.…} are its settings. */
public final class Activator implements BundleActivator {
    /** How long a stop waits for answers in progress before it cancels them. */
    private static final int STOP_SECONDS = 5;

    /** Written by the framework, one thread at a time. */
    private CamelContext camel;

    @Override
    public void start(BundleContext bundles) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        // Camel and its threads use the context class loader first.
        thread.setContextClassLoader(new BundlesClassLoader(bundles));
        try {
            camel = new DefaultCamelContext();
            camel.setApplicationContextClassLoader(thread.getContextClassLoader());
            camel.getShutdownStrategy().setTimeout(STOP_SECONDS);
            camel.addComponent("stackai", stackAi(bundles));
            camel.addRoutes(new FileRoutes(bundles.getProperty("stackai.folder")));
            camel.start();
        } finally {
            thread.setContextClassLoader(previous);
        }
    }

    @Override
    public void stop(BundleContext bundles) {
        camel.stop();
    }

    private static StackAiComponent stackAi(BundleContext bundles) {
        StackAiComponent stackAi = new StackAiComponent();
        stackAi.getConfiguration().setBaseUrl(bundles.getProperty("stackai.baseUrl"));
        stackAi.getConfiguration().setApiKey(bundles.getProperty("stackai.apiKey"));
        stackAi.getConfiguration().setOrgId(bundles.getProperty("stackai.orgId"));
        return stackAi;
    }
}
