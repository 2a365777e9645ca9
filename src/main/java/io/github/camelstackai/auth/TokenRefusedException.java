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

import io.github.camelstackai.failure.RefusedCall;

/** The service refused a token request. One response serves all calls that wait for the token, so it has no stack trace. */
public final class TokenRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient RefusedCall refused;

    TokenRefusedException(RefusedCall refused) {
        super("The token request was refused", null, false, false);
        this.refused = refused;
    }

    /** The refused token request, from which each waiting call gets an exception of its own. */
    public RefusedCall refused() {
        return refused;
    }
}
