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
package io.github.camelstackai.examples.quarkus;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;

/** The packaged application in a process that ends with the one that started it: with the end of its standard input. */
public final class Service {
    private Service() {}

    /** @param arguments the main class of the packaged application */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread parent = new Thread(Service::awaitEndOfInput);
        parent.setDaemon(true);
        parent.start();
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            System.exit(1); // Quarkus has logged why
        }
    }

    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // as the end of the input
        }
        Runtime.getRuntime().halt(1);
    }
}
