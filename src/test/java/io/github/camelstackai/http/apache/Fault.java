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

/**
 * Something that HttpClient or HttpCore does, for which a class of this package has a workaround.
 *
 * @param name what it does
 * @param workaround the class or method that can go where no version does it
 * @param versions the versions of HttpClient that are known to do it
 */
record Fault(String name, String workaround, Versions versions, Check check) {
    /** Shows the fault on the version of the class path, without the workaround. */
    interface Check {
        boolean isPresent() throws Exception;
    }

    /** Versions of HttpClient, each of which brings its version of HttpCore. */
    enum Versions {
        ALL,
        UNTIL_5_6_3,
        FROM_5_6;

        /** A later version is expected to be as the last one that is known. */
        boolean contain(int minor, int patch) {
            return switch (this) {
                case ALL -> true;
                case UNTIL_5_6_3 -> minor < 6 || (minor == 6 && patch <= 3);
                case FROM_5_6 -> minor >= 6;
            };
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
