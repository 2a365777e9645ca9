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

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelstackai.StackAiComponent;
import io.github.camelstackai.StackAiConstants;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/** A process that writes the id of each run it is told to a file, until it is killed. */
final class RunsAuditor {
    private RunsAuditor() {}

    /** Arguments: base URL, endpoint URI, directory of the files. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[2]);
        OutputStream told = new FileOutputStream(directory.resolve("told").toFile(), true);
        DefaultCamelContext context = new DefaultCamelContext();
        StackAiComponent component = new StackAiComponent();
        component.getConfiguration().setBaseUrl(arguments[0]);
        component.getConfiguration().setApiKey("sim-key");
        component.getConfiguration().setOrgId("sim-org");
        component.getConfiguration().setIdempotentRepository(new Lines(directory.resolve("seen")));
        context.addComponent("stackai", component);
        RouteBuilder.addRoutes(context, routes -> routes.from(arguments[1])
                .process(exchange ->
                        told.write((exchange.getMessage().getHeader(StackAiConstants.RUN_ID) + "\n").getBytes(UTF_8))));
        context.start();
        Thread.currentThread().join();
    }

    /** A repository whose keys are the lines of a file, which is read at its creation only. */
    private static final class Lines extends ServiceSupport implements IdempotentRepository {
        private final Set<String> keys = new HashSet<>();
        private final OutputStream file;

        Lines(Path path) throws IOException {
            if (Files.exists(path)) {
                keys.addAll(Files.readAllLines(path));
            }
            file = new FileOutputStream(path.toFile(), true);
        }

        @Override
        public boolean add(String key) {
            try {
                file.write((key + "\n").getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return keys.add(key);
        }

        @Override
        public boolean contains(String key) {
            return keys.contains(key);
        }

        @Override
        public boolean remove(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean confirm(String key) {
            return true;
        }

        @Override
        public void clear() {
            throw new UnsupportedOperationException();
        }
    }
}
