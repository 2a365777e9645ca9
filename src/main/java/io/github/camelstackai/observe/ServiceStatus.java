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
package io.github.camelstackai.observe;

/**
 * What the service answered to a call that runs no flow.
 *
 * @param up whether the service was reached and accepted the credential
 * @param httpStatus null for no response
 * @param reason why it is not up, without credentials; null if it is
 */
public record ServiceStatus(boolean up, Integer httpStatus, String reason) {
    /** It is not up, and there is no response. */
    static ServiceStatus unknown(String reason) {
        return new ServiceStatus(false, null, reason);
    }
}
