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
package io.github.camelstackai.http.apache;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.apache.hc.core5.util.VersionInfo;

/** The version of Apache HttpClient on the class path: before 5.5, calls fail with a {@code NoSuchMethodError} or never end. */
final class ClientVersion {
    private static final Pattern MAJOR_AND_MINOR = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\b.*");
    private static final int MAJOR = 5;
    private static final int MINOR = 5;

    private ClientVersion() {}

    /** @throws IllegalStateException if it is known to be too old */
    static void check() {
        ClassLoader loader = HttpAsyncClient.class.getClassLoader();
        VersionInfo info = VersionInfo.loadVersionInfo("org.apache.hc.client5", loader);
        check(info == null ? "" : info.getRelease());
    }

    /** @param version as the client names it; one that cannot be read is accepted */
    static void check(String version) {
        Matcher matcher = MAJOR_AND_MINOR.matcher(version);
        if (matcher.matches() && isTooOld(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))) {
            throw new IllegalStateException("stackai needs Apache HttpClient 5.5 or later, but version " + version
                    + " is on the class path: set the version of org.apache.httpcomponents.client5:httpclient5 to 5.5.1 or"
                    + " later");
        }
    }

    private static boolean isTooOld(int major, int minor) {
        return major < MAJOR || (major == MAJOR && minor < MINOR);
    }
}
