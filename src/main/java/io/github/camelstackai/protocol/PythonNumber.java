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

import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads the numbers of Python into those that {@link Json} reads. */
final class PythonNumber {
    private PythonNumber() {}

    /** Index of the character after the number that begins at {@code start}. */
    static int end(String text, int start) {
        int end = start;
        while (end < text.length() && (isPart(text.charAt(end)) || isExponentSign(text, start, end))) {
            end++;
        }
        return end;
    }

    private static boolean isPart(char c) {
        return isDigit(c) || c == '.' || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isExponentSign(String text, int start, int at) {
        boolean sign = text.charAt(at) == '+' || text.charAt(at) == '-';
        return sign && at > start && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
    }

    /**
     * The number.
     *
     * @throws NumberFormatException if {@code token} is none that JSON has; it may be complex, or have too many digits
     */
    static Number parse(String token, boolean negative) {
        if (token.length() > Json.MAX_NUMBER_LENGTH) {
            throw new NumberFormatException("too long");
        }
        String digits = withoutUnderscores(token);
        int radix = radix(digits);
        if (radix != 10) {
            return integer(new BigInteger(digits.substring(2), radix), negative);
        }
        if (digits.chars().allMatch(c -> isDigit((char) c))) {
            return integer(decimalInteger(digits), negative);
        }
        BigDecimal number = new BigDecimal(digits);
        return negative ? number.negate() : number;
    }

    /** An underscore is allowed between two digits, or after the prefix of a radix. */
    private static String withoutUnderscores(String token) {
        boolean radix = radix(token) != 10;
        for (int at = token.indexOf('_'); at >= 0; at = token.indexOf('_', at + 1)) {
            boolean between = at > 0 && at < token.length() - 1;
            if (!between || !separable(token.charAt(at - 1), radix) || !separable(token.charAt(at + 1), radix)) {
                throw new NumberFormatException("an underscore that separates no digits");
            }
        }
        return token.replace("_", "");
    }

    private static boolean separable(char c, boolean radix) {
        return isDigit(c) || (radix && isPart(c) && c != '.' && c != '_');
    }

    private static int radix(String digits) {
        if (digits.length() < 3 || digits.charAt(0) != '0') {
            return 10;
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    private static BigInteger decimalInteger(String digits) {
        BigInteger value = new BigInteger(digits);
        if (digits.length() > 1 && digits.charAt(0) == '0' && value.signum() != 0) {
            throw new NumberFormatException("a leading zero");
        }
        return value;
    }

    /** In the smallest of the types that Jackson reads integers into. */
    private static Number integer(BigInteger absolute, boolean negative) {
        BigInteger value = negative ? absolute.negate() : absolute;
        if (value.bitLength() < Integer.SIZE) {
            return value.intValue();
        }
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }
}
