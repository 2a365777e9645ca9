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

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SliceTest {
    /** A slice amid other bytes. */
    private static Slice amid(String text) {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return new Slice(bytes, 1, bytes.length - 2);
    }

    @ParameterizedTest
    @CsvSource({"' a b ',a b", "a,a", "'',''", "'  ',''", "'\t\r\n a',a", "'\u00A0a',\u00A0a"})
    void blanksOfJsonAreStripped(String text, String stripped) {
        assertThat(amid(text).strip().text()).isEqualTo(stripped);
    }

    @ParameterizedTest
    @CsvSource({
        "abc,abc,true,true",
        "abc,ab,true,false",
        "abc,'',true,false",
        "ab,abc,false,false",
        "abc,abd,false,false"
    })
    void bytesAreCompared(String text, String other, boolean startsWith, boolean same) {
        assertThat(amid(text).startsWith(amid(other))).isEqualTo(startsWith);
        assertThat(amid(text).sameAs(amid(other))).isEqualTo(same);
        assertThat(amid(other).isPrefixOf(amid(text))).isEqualTo(startsWith && !same);
    }

    @Test
    void partsAreViews() {
        Slice slice = amid("abcd");
        assertThat(slice.from(1).text()).isEqualTo("bcd");
        assertThat(slice.from(4).isEmpty()).isTrue();
        assertThat(slice.head(2).text()).isEqualTo("ab");
        assertThat(slice.head(9).text()).isEqualTo("abcd");
        assertThat(slice.from(1).at(0)).isEqualTo((byte) 'b');
        assertThat(slice.from(1).array()).isSameAs(slice.array());
    }

    @Test
    void whatIsNoUtf8IsReplaced() {
        assertThat(Slice.of("ü€").text()).isEqualTo("ü€");
        assertThat(Slice.of("ü€").head(1).text()).isEqualTo("\uFFFD");
    }
}
