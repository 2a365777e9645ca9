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
package io.github.camelstackai.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;

/** Recognises JSON, also where it is cut off. Bytes are in ISO 8859-1. Not thread-safe. */
final class JsonSyntax {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    // Null as long as there is no JSON that the next bytes can continue.
    private JsonParser parser;

    /** Whether bytes are values of JSON, or the beginning of some. */
    static boolean begins(String bytes) {
        return new JsonSyntax().accepts(bytes);
    }

    /** Whether these bytes continue the JSON that was accepted last, or begin other JSON. */
    boolean accepts(String bytes) {
        byte[] part = bytes.getBytes(ISO_8859_1);
        return (parser != null && parses(part)) || begins(part);
    }

    private boolean begins(byte[] part) {
        try {
            parser = JSON.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        if (parses(part)) {
            return true;
        }
        parser = null;
        return false;
    }

    private boolean parses(byte[] part) {
        try {
            ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).feedInput(part, 0, part.length);
            JsonToken token = parser.nextToken();
            while (token != JsonToken.NOT_AVAILABLE) {
                token = parser.nextToken();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
