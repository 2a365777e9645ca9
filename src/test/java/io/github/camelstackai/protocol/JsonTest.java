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
package io.github.camelstackai.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final FieldReader UNREAD = (value, path) -> value;

    private final Json json = new Json();

    private record Person(String firstName) {}

    private static final class UncopyableMapper extends ObjectMapper {
        private static final long serialVersionUID = 1L;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void valuesAreReadAsTypesOfJava() throws Exception {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("text", "ü");
        expected.put("list", Arrays.asList(1, true, null));
        assertThat(json.read(utf8("{\"text\":\"ü\",\"list\":[1,true,null]}"))).isEqualTo(expected);
        assertThat(json.read("12345678901234567890")).isEqualTo(new BigInteger("12345678901234567890"));
        assertThat(json.read("null")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1200.00", "0.1234567890123456789012345", "1.0", "-1E+3"})
    void decimalNumbersKeepEveryDigit(String number) throws Exception {
        assertThat(json.read(number)).isEqualTo(new BigDecimal(number));
        assertThat(json.read(utf8(number))).isEqualTo(new BigDecimal(number));
    }

    @ParameterizedTest
    @CsvSource({"NaN,NaN", "Infinity,Infinity", "-Infinity,-Infinity"})
    void numbersThatOnlyPythonWritesAreRead(String text, double number) throws Exception {
        assertThat(json.read(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"1e77777777777,Infinity", "-1e77777777777,-Infinity", "1e-77777777777,0", "1.5e2147483648,Infinity"})
    void exponentBeyondThoseOfBigDecimalLosesNoAnswer(String text, double number) throws Exception {
        assertThat(json.read(text)).isInstanceOfSatisfying(Number.class, read -> assertThat(read.doubleValue())
                .isEqualTo(number)); // a BigDecimal if this version of Jackson can make one
        assertThat(json.read(utf8("{\"a\":" + text + ",\"b\":\"kept\"}")))
                .isEqualTo(Map.of("a", json.read(text), "b", "kept"));
    }

    @Test
    void partOfAnArrayIsRead() throws Exception {
        assertThat(json.read(utf8("xx{\"a\":1}yy"), 2, 7)).isEqualTo(Map.of("a", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}{}", "{} x", "1 2", "x", "{'a':1}"})
    void anythingButOneValueIsRefused(String text) {
        assertThatThrownBy(() -> json.read(utf8(text))).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> json.read(text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void sourceIsNotInTheMessageOfAFailure() {
        assertThatThrownBy(() -> json.read(utf8("{\"key\":topsecret}")))
                .message()
                .doesNotContain("{\"key\"");
    }

    @Test
    void textOfAnyLengthIsReadButNotNestingOfAnyDepth() throws Exception {
        String text = "x".repeat(25_000_000);
        assertThat(json.read(utf8("\"" + text + "\""))).isEqualTo(text);
        assertThatThrownBy(() -> json.read(utf8("[".repeat(100_000)))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void numberOfEndlessDigitsIsRefused() {
        assertThatThrownBy(() -> json.read("1".repeat(1_000_000))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void mapperOfTheUserShapesTheirObjects() {
        ObjectMapper users = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        assertThat(new Json(users, none -> false).tree(new Person("Ada"), UNREAD))
                .hasToString("{\"first_name\":\"Ada\"}");
        assertThat(json.tree(new Person("Ada"), UNREAD)).hasToString("{\"firstName\":\"Ada\"}");
    }

    @Test
    void mapperOfTheUserAddsNoTypesAndNoRootAndDropsNoValueOfAMap() {
        ObjectMapper users = JsonMapper.builder()
                .serializationInclusion(JsonInclude.Include.NON_EMPTY)
                .enable(SerializationFeature.WRAP_ROOT_VALUE)
                .activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder()
                                .allowIfBaseType(Object.class)
                                .build(),
                        ObjectMapper.DefaultTyping.NON_FINAL)
                .build();
        assertThat(new Json(users, none -> false).tree(nullAndEmpty(), UNREAD))
                .hasToString("{\"empty\":\"\",\"none\":null}");
    }

    @Test
    void mapperOfTheUserDoesNotDecideWhichInputsAreSent() throws Exception {
        ObjectMapper users = JsonMapper.builder()
                .serializationInclusion(JsonInclude.Include.NON_EMPTY)
                .build();
        assertThat(new Json(users, none -> false).write(nullAndEmpty()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"empty\":\"\",\"none\":null}");
    }

    private static Map<String, Object> nullAndEmpty() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("empty", "");
        values.put("none", null);
        return values;
    }

    @Test
    void numbersAreWrittenWithEveryDigit() throws Exception {
        Map<String, Object> inputs = Map.of("n", new BigDecimal("1200.00"));
        assertThat(json.write(inputs)).asString(StandardCharsets.UTF_8).isEqualTo("{\"n\":1200.00}");
        assertThat(json.tree(inputs, UNREAD)).hasToString("{\"n\":1200.00}");
    }

    @Test
    void mapperOfTheUserIsNotChanged() {
        ObjectMapper users = new ObjectMapper()
                .enable(SerializationFeature.WRAP_ROOT_VALUE)
                .enable(DeserializationFeature.UNWRAP_ROOT_VALUE);
        new Json(users, none -> false);
        assertThat(users.isEnabled(SerializationFeature.WRAP_ROOT_VALUE)).isTrue();
        assertThat(users.isEnabled(DeserializationFeature.UNWRAP_ROOT_VALUE)).isTrue();
    }

    @Test
    void mapperThatCannotBeCopiedIsUsedAsItIs() {
        ObjectMapper users = new UncopyableMapper();
        users.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        assertThat(new Json(users, none -> false).tree(new Person("Ada"), UNREAD))
                .hasToString("{\"first_name\":\"Ada\"}");
    }

    @Test
    void mapperOfAnotherFormatIsNoneOfJson() {
        assertThat(Json.isJson(new ObjectMapper())).isTrue();
        assertThat(Json.isJson(new ObjectMapper(new JsonFactory() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getFormatName() {
                        return "YAML";
                    }
                })))
                .isFalse();
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        List<Object> unknown = List.of(new Object());
        assertThatThrownBy(() -> json.tree(unknown, UNREAD)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> json.write(Map.of("a", unknown))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void textIsAStringAsItIsAndAnyOtherValueAsJson() {
        assertThat(Json.text(null)).isNull();
        assertThat(Json.text("a \"b\"")).isEqualTo("a \"b\"");
        assertThat(Json.text(1.5)).isEqualTo("1.5");
        assertThat(Json.text(Map.of("a", List.of(true)))).isEqualTo("{\"a\":[true]}");
    }

    @Test
    void preparationNeedsNoMapper() {
        json.prepare();
        new Json(new UncopyableMapper(), none -> false).prepare();
    }
}
