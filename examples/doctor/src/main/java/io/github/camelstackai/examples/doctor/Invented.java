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

import java.security.SecureRandom;
import java.util.UUID;
import java.util.stream.Collectors;

/** Names that the service does not know. */
final class Invented {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String UUID_FORM = "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private Invented() {}

    /** A name of the same form: a service may refuse another form before it looks the name up. */
    static String like(String name) {
        String invented = name.matches(UUID_FORM)
                ? UUID.randomUUID().toString()
                : name.chars().mapToObj(Invented::like).collect(Collectors.joining());
        return invented.equals(name) ? name + "0" : invented;
    }

    /** A digit for a digit, a hexadecimal letter for one, a letter for another one. */
    private static String like(int character) {
        for (String range : new String[] {"09", "af", "gz", "AF", "GZ"}) {
            if (character >= range.charAt(0) && character <= range.charAt(1)) {
                return Character.toString(range.charAt(0) + RANDOM.nextInt(range.charAt(1) - range.charAt(0) + 1));
            }
        }
        return Character.toString(character);
    }
}
