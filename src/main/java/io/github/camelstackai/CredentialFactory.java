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

import io.github.camelstackai.auth.Credential;
import io.github.camelstackai.auth.PasswordGrant;
import io.github.camelstackai.auth.TokenProviderCredential;
import io.github.camelstackai.failure.HttpErrorMapper;
import io.github.camelstackai.protocol.ServiceUri;
import java.net.URI;

/** Creates the credential of the component from its options. */
final class CredentialFactory {
    private CredentialFactory() {}

    /**
     * The token provider, or the password grant; null if the options name neither.
     *
     * @throws IllegalArgumentException if {@code tokenUrl} cannot be used
     */
    static Credential create(StackAiComponent options) {
        StackAiTokenProvider provider = options.getTokenProvider();
        if (provider != null) {
            return new TokenProviderCredential(
                    provider, task -> options.executors().execute(task, true));
        }
        return options.getUsername() == null ? null : passwordGrant(options);
    }

    private static Credential passwordGrant(StackAiComponent options) {
        StackAiConfiguration defaults = options.getConfiguration();
        OptionChecks.tokenUrl(defaults.getBaseUrl(), options.getTokenUrl());
        URI tokenUri = ServiceUri.tokenUri(defaults.getBaseUrl(), options.getTokenUrl());
        options.plainHttp().check("tokenUrl", tokenUri.toString());
        return new PasswordGrant(
                options.runtime().transport(),
                tokenUri,
                options.getUsername(),
                options.getPassword(),
                OperationFactory.timeouts(defaults),
                new HttpErrorMapper(options.runtime().json(), PasswordGrant::advice, false));
    }
}
