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
package io.github.camelstackai.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RedactorTest {
    private static final String PASSWORD = "s3cr/t\"\\&ä €";
    private static final String PLACEHOLDER = "[credential]";

    private final Redactor redactor = Redactor.of(List.of(PASSWORD));

    static Stream<String> encodings() {
        return Stream.of(
                PASSWORD, // as it is
                "s3cr/t\\\"\\\\&ä €", // in JSON
                "s3cr\\/t\\\"\\\\&ä €", // in JSON with escaped slashes
                "s3cr%2Ft%22%5C%26%C3%A4+%E2%82%AC"); // in a form
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void credentialIsReplacedInEachEncodingEachTime(String encoded) {
        assertThat(redactor.redact("a " + encoded + " b " + encoded)).isEqualTo("a [credential] b [credential]");
        assertThat(redactor.redact(encoded + encoded)).isEqualTo(PLACEHOLDER + PLACEHOLDER);
    }

    static Stream<Arguments> cutEncodings() {
        return encodings().flatMap(encoded -> IntStream.range(1, encoded.length())
                .mapToObj(length -> Arguments.of(encoded.substring(0, length))));
    }

    @ParameterizedTest
    @MethodSource("cutEncodings")
    void beginningOfACredentialIsRemovedFromTheEndOfTruncatedText(String beginning) {
        assertThat(redactor.redact(beginning, true)).isEmpty();
        assertThat(redactor.redact("key: " + beginning, true)).isEqualTo("key: ");
        assertThat(redactor.redact(PASSWORD + " " + beginning, true)).isEqualTo(PLACEHOLDER + " ");
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void completeCredentialAtTheEndOfTruncatedTextIsReplaced(String encoded) {
        assertThat(redactor.redact("key: " + encoded, true)).isEqualTo("key: " + PLACEHOLDER);
    }

    /** The end of the credential is a beginning of one as well. */
    @ParameterizedTest
    @CsvSource({"abcab,", "aaaa,", "sk-12345-s,", "xyz,zoo", "xyz,yzw"})
    void completeCredentialIsReplacedWhateverItsEndCouldBecome(String credential, String other) {
        Redactor several = Redactor.of(Arrays.asList(credential, other));
        assertThat(several.redact("key: " + credential, true)).isEqualTo("key: " + PLACEHOLDER);
    }

    /** As a password may begin with the user name. */
    @Test
    void beginningOfACredentialThatBeginsWithAnotherIsRemovedAsWell() {
        Redactor several = Redactor.of(List.of("admin", "admin-s3cret"));
        for (int length = "admin-".length(); length < "admin-s3cret".length(); length++) {
            assertThat(several.redact("key: " + "admin-s3cret".substring(0, length), true))
                    .startsWith("key: ")
                    .doesNotContain("-");
        }
    }

    @Test
    void textThatIsCompleteKeepsTheBeginningOfACredential() {
        assertThat(redactor.redact("s3cr", false)).isEqualTo("s3cr");
    }

    @Test
    void truncatedTextWithoutACredentialIsUnchanged() {
        assertThat(redactor.redact("s3cr is no end", true)).isEqualTo("s3cr is no end");
        assertThat(redactor.redact("", true)).isEmpty();
    }

    @Test
    void longestOfOverlappingCredentialsIsReplaced() {
        Redactor several = Redactor.of(List.of("key", "key-of-endpoint", "of"));
        assertThat(several.redact("key-of-endpoint, key, of")).isEqualTo("[credential], [credential], [credential]");
    }

    @Test
    void credentialIsNoPattern() {
        assertThat(Redactor.of(List.of("a.c|$1\\E")).redact("abc a.c|$1\\E")).isEqualTo("abc [credential]");
    }

    @Test
    void nullAndEmptyCredentialsAreIgnored() {
        assertThat(Redactor.of(Arrays.asList(null, "")).redact("text", true)).isEqualTo("text");
        assertThat(Redactor.of(List.of()).redact("text")).isEqualTo("text");
    }

    @Test
    void nullRemainsNull() {
        assertThat(redactor.redact(null)).isNull();
    }

    @Test
    void harmlessCauseIsShown() {
        IOException cause = new IOException("connection reset", new IllegalStateException());
        assertThat(redactor.showable(cause)).isSameAs(cause);
        assertThat(redactor.<IOException>showable(null)).isNull();
    }

    static Stream<String> unshowableMessages() {
        return Stream.of("denied: " + PASSWORD, "s3cr%2Ft%22%5C%26%C3%A4+%E2%82%AC", "two\nlines", "x".repeat(1001));
    }

    @ParameterizedTest
    @MethodSource("unshowableMessages")
    void causeIsNotShownWhereItOrACauseOfItIsUnshowable(String message) {
        assertThat(redactor.showable(new IOException(message))).isNull();
        assertThat(redactor.showable(
                        new IOException("failed", new IllegalStateException(null, new Exception(message)))))
                .isNull();
    }

    @Test
    void locationThatJacksonAppendsOnALineOfItsOwnDoesNotCount() {
        assertThat(redactor.showable(jsonFailure("{\"a\":"))).isNotNull().hasMessageContaining("\n");
    }

    @Test
    void credentialInTheMessageOfJacksonCounts() {
        assertThat(Redactor.of(List.of("topsecret")).showable(jsonFailure("topsecret")))
                .isNull();
    }

    private static JsonProcessingException jsonFailure(String json) {
        try {
            new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            return e;
        }
        throw new IllegalArgumentException(json + " is valid");
    }
}
