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
package io.github.camelstackai.examples.doctor;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/** No connection. The message has names, and is for the terminal. */
final class ConnectionFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Check check;
    private final String seen;
    private final transient List<X509Certificate> chain;

    /**
     * @param check what failed
     * @param seen without names
     * @param chain what the host presented; empty if it did not
     */
    ConnectionFailure(Check check, String seen, String message, List<X509Certificate> chain) {
        super(message);
        this.check = check;
        this.seen = seen;
        this.chain = chain;
    }

    Check check() {
        return check;
    }

    String seen() {
        return seen;
    }

    List<X509Certificate> chain() {
        return chain;
    }
}
