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
package io.github.camelstackai.auth;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A stage as another library may implement it: it is no future, and gives none. */
final class ForeignStage {
    private ForeignStage() {}

    @SuppressWarnings("unchecked") // the proxy does what the future does
    static <T> CompletionStage<T> of(CompletableFuture<T> future) {
        return (CompletionStage<T>) Proxy.newProxyInstance(
                ForeignStage.class.getClassLoader(),
                new Class<?>[] {CompletionStage.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("toCompletableFuture")) {
                        throw new UnsupportedOperationException("no future");
                    }
                    try {
                        Object result = method.invoke(future, arguments);
                        return result instanceof CompletableFuture<?> derived ? of(derived) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
