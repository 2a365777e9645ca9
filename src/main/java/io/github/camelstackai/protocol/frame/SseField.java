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
package io.github.camelstackai.protocol.frame;

/** The fields of server-sent events, by the rules of the WHATWG. */
@SuppressWarnings("ImmutableEnumChecker") // nothing modifies the names
enum SseField {
    COMMENT(""),
    DATA("data"),
    EVENT("event"),
    ID("id"),
    RETRY("retry");

    private static final SseField[] ALL = values();

    private final Slice name;
    private final Slice nameAndColon;

    SseField(String name) {
        this.name = Slice.of(name);
        this.nameAndColon = Slice.of(name + ":");
    }

    /** The field of a line that is not empty; null if it has none. */
    static SseField of(Slice line) {
        if (line.at(0) == '{') {
            return null; // most lines are bare objects
        }
        for (SseField field : ALL) {
            if (line.startsWith(field.nameAndColon) || line.sameAs(field.name)) {
                return field;
            }
        }
        return null;
    }

    /** What follows the colon, without one leading space; empty if there is no colon. */
    Slice valueIn(Slice line) {
        if (line.length() == name.length()) {
            return line.from(line.length());
        }
        Slice value = line.from(nameAndColon.length());
        return !value.isEmpty() && value.at(0) == ' ' ? value.from(1) : value;
    }

    /** The beginning of a line with this field. */
    Slice nameAndColon() {
        return nameAndColon;
    }
}
